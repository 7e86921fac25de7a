using Rpc.TestKit.Interop;

namespace Rpc.Integration.Tests.Samples;

/// <summary>Runs samples/Fib as a person does: as a process.</summary>
internal static class FibProgram
{
    private static readonly string s_assembly = SampleAssembly.Find("Fib");

    public static Task<ForeignRun> RunAsync(params string[] arguments) => ForeignProgram.RunCommandToEndAsync("dotnet", [s_assembly, .. arguments]);

    public static Task<ForeignProgram> StartServerAsync(params string[] arguments) =>
        ForeignProgram.StartCommandAsync("dotnet", [s_assembly, "server", .. arguments], static line => line.StartsWith("Serving ", StringComparison.Ordinal));
}
