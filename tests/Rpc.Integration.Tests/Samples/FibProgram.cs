using Rpc.TestKit.Interop;

namespace Rpc.Integration.Tests.Samples;

/// <summary>Runs samples/Fib as a person does: as a process.</summary>
internal static class FibProgram
{
    private static readonly string s_assembly = Find();

    public static Task<ForeignRun> RunAsync(params string[] arguments) => ForeignProgram.RunCommandToEndAsync("dotnet", [s_assembly, .. arguments]);

    public static Task<ForeignProgram> StartServerAsync(params string[] arguments) =>
        ForeignProgram.StartCommandAsync("dotnet", [s_assembly, "server", .. arguments], static line => line.StartsWith("Serving ", StringComparison.Ordinal));

    // Built beside this assembly, in the same configuration: …/tests/Rpc.Integration.Tests/bin/<configuration>/<framework>/.
    private static string Find()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var root = output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(root, "samples", "Fib", "bin", output.Parent.Name, output.Name, "Fib.dll");
    }
}
