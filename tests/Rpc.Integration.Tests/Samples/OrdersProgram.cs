using Rpc.TestKit.Interop;

namespace Rpc.Integration.Tests.Samples;

/// <summary>Runs samples/Orders as a person does: as processes.</summary>
internal static class OrdersProgram
{
    private static readonly string s_assembly = SampleAssembly.Find("Orders");

    public static Task<ForeignRun> RunAsync(params string[] arguments) =>
        ForeignProgram.RunCommandToEndAsync("dotnet", [s_assembly, .. arguments], TimeSpan.FromMinutes(1));

    public static Task<ForeignProgram> StartAsync(params string[] arguments) =>
        ForeignProgram.StartCommandAsync("dotnet", [s_assembly, .. arguments], static line => line.StartsWith("Running ", StringComparison.Ordinal));

    /// <summary>Where the front, or all in one, said that it serves HTTP.</summary>
    public static Uri AddressOf(ForeignProgram program)
    {
        var line = program.Lines.Single(static line => line.StartsWith("Running ", StringComparison.Ordinal));
        return new Uri(line.Split(' ').Single(static word => word.StartsWith("http://", StringComparison.Ordinal)).TrimEnd('.'));
    }
}
