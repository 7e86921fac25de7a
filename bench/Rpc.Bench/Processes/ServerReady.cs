namespace Rpc.Bench.Processes;

/// <summary>A server process's first line.</summary>
/// <param name="Address">What clients connect to.</param>
internal sealed record ServerReady(string Address);
