namespace Rpc.Bench.Processes;

/// <summary>A client process's first line.</summary>
/// <param name="ProcessId">The process.</param>
internal sealed record ClientReady(int ProcessId);
