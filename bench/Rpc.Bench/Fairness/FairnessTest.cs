using Rpc.Bench.Load;

namespace Rpc.Bench.Fairness;

/// <summary>One situation in which batching must not do harm.</summary>
/// <param name="Title">What is measured.</param>
/// <param name="Target">What is to be reached.</param>
/// <param name="Servers">How many server processes.</param>
/// <param name="Concurrency">How many calls each runs at once.</param>
/// <param name="Order">What the client does.</param>
/// <param name="Figure">What counts of what it measures.</param>
/// <param name="IsMet">Whether a ratio of on to off reaches the target.</param>
internal sealed record FairnessTest(
    string Title, string Target, int Servers, int Concurrency, LoadOrder Order, Func<LoadResult, double> Figure, Func<double, bool> IsMet)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<FairnessTest> All { get; } =
    [
        new(
            "seconds for 2,000 calls of 5 ms, 64 in flight, 4 servers of concurrency 1",
            "makespan of 2,000 calls of a 5 ms handler over 4 servers of concurrency 1, on against off ≤ 1.10 ×",
            Servers: 4,
            Concurrency: 1,
            new LoadOrder(LoadKind.Burst, WorkItem.Pause, 64, 0) { Calls = 2000 },
            static result => result.Seconds,
            static ratio => ratio <= 1.10),
        new(
            "p99 (µs) of a 20 µs method at 500 calls/s beside 8 callers of a 50 ms method, 16 slots",
            "p99 of a 20 µs method beside a 50 ms method, on against off ≤ 1.2 ×",
            Servers: 1,
            Concurrency: 16,

            // The ramp lasts until the compiler is done with what only this load runs. The slowest hundredth are 100 calls: with 25, two servers of one
            // kind differed by as much as the target allows.
            new LoadOrder(LoadKind.Beside, WorkItem.Brief, 8, 20) { Rate = 500, RampSeconds = 7 },
            static result => result.P99,
            static ratio => ratio <= 1.2),

        // Sixteen places for 64 callers: what was put together while the method was fast holds a server for as long as it may, and is seen.
        new(
            "calls/s of a method that has changed from 10 µs to 20 ms, 64 in flight, 4 servers of concurrency 4",
            "calls/s in the slow phase of a method that changes from 10 µs to 20 ms, on against off ≥ 0.9 ×",
            Servers: 4,
            Concurrency: 4,
            new LoadOrder(LoadKind.SlowPhase, WorkItem.Changing, 64, 0),
            static result => result.Rate,
            static ratio => ratio >= 0.9),
    ];
}
