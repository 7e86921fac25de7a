using System.Globalization;
using Rpc.TestKit.Interop;

namespace Rpc.TestKit.Faults;

/// <summary>Starts <c>tests/Rpc.TestServer</c>: a server of <see cref="IOrdeal"/> in a process of its own, which a test may kill.</summary>
public static class ServerProcess
{
    private static readonly string s_assembly = Find();

    /// <summary>Starts one, and returns when it serves.</summary>
    /// <param name="uri">The broker.</param>
    /// <param name="queue">The request queue.</param>
    /// <param name="ledger">Where it notes its runs.</param>
    /// <param name="bare">Whether it serves <see cref="IBareOrdeal"/> instead.</param>
    /// <param name="concurrency">How many calls it runs at once.</param>
    /// <param name="passive">Whether it takes the queue as it is.</param>
    public static Task<ForeignProgram> StartAsync(
        string uri, string queue, RunLedger ledger, bool bare = false, int concurrency = 64, bool passive = false) =>
        ForeignProgram.StartCommandAsync(
            "dotnet",
            [s_assembly, uri, queue, ledger.Folder, bare ? "bare" : "standard", concurrency.ToString(CultureInfo.InvariantCulture), passive ? "passive" : "declare"],
            static line => line == ForeignProgram.ReadyLine);

    // Built beside whatever uses the test kit, in the same configuration: …/<folder>/<project>/bin/<configuration>/<framework>/.
    private static string Find()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var root = output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(root, "tests", "Rpc.TestServer", "bin", output.Parent.Name, output.Name, "Rpc.TestServer.dll");
    }
}
