using Rpc.Bench.Load;

namespace Rpc.Bench.Processes;

/// <summary>What a client measured, and what its server used for it.</summary>
/// <param name="Client">The client's.</param>
/// <param name="Server">The server's, the calls before and after the measured time included.</param>
internal sealed record PairResult(LoadResult Client, ProcessUsage Server)
{
    /// <summary>Processor time of the server for each call, in microseconds.</summary>
    public double ServerCpuPerCall => Server.CpuMicroseconds / Math.Max(1, Client.AllCalls);

    /// <summary>Bytes that the server allocated for each call.</summary>
    public double ServerBytesPerCall => (double)Server.AllocatedBytes / Math.Max(1, Client.AllCalls);
}
