namespace Rpc.Bench.Lone;

/// <summary>A lone call in one process, over <c>memory://</c> and over the floor.</summary>
/// <param name="P50">The median latency over <c>memory://</c>, in microseconds.</param>
/// <param name="Bytes">Bytes allocated for each call, by client and server together.</param>
/// <param name="FloorP50">The floor's median latency.</param>
/// <param name="FloorBytes">The floor's bytes.</param>
internal sealed record LoneResult(double P50, double Bytes, double FloorP50, double FloorBytes);
