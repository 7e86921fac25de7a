using Rpc.Bench.Contenders;
using Rpc.Bench.Load;
using Rpc.Bench.Processes;
using Rpc.Bench.Reports;

namespace Rpc.Bench.Compare;

/// <summary>What the library is to reach, and whether it has.</summary>
internal sealed class CompareTargets(CompareResults results)
{
    /// <summary>Calls in a second that the open loop offers.</summary>
    public const double OfferedRate = 40_000;

    private static Contender Hand => Contestants.Baseline;

    private static Contender Ours => Contestants.Shipped;

    private static Contender Plain => Contestants.Unbatched;

    /// <summary>One verdict a target.</summary>
    public IReadOnlyList<Verdict> Judge() =>
    [
        LoneLatency(),
        AtMost("client CPU per call at 1 in flight against hand-written ≤ 1.1 ×", Ours, Hand, 1, static r => r.Client.CpuPerCall, 1.1),
        AtLeast("calls/s at 64 in flight, batching off, against hand-written ≥ 0.95 ×", Plain, Hand, 64, Rate, 0.95),
        AtMost("client bytes per call at 64 in flight, batching off, against hand-written ≤ 1.0 ×", Plain, Hand, 64, Bytes, 1.0),
        AtLeast("calls/s at 64 in flight, as shipped, against hand-written ≥ 8 × (stretch 12)", Ours, Hand, 64, Rate, 8),
        AtLeast("calls/s at 256 in flight, as shipped, against hand-written ≥ 10 × (stretch 15)", Ours, Hand, 256, Rate, 10),
        Figure("calls per message at 64 in flight ≥ 20", results.CallsPerMessage.Median(), static value => value >= 20, static value => value.Text()),
        Figure(
            "8 client processes of 8 in flight, against hand-written the same way ≥ 2.5 ×", results.EightRatio(Ours, Hand), static ratio => ratio >= 2.5, Medians.Times),
        OpenLoop(),
        AtLeast("calls/s at 64 in flight against HTTP/2 JSON without a broker ≥ 1.5 ×", Ours, Contestants.Http, 64, Rate, 1.5),
        AtLeast("calls/s at 256 in flight against HTTP/2 JSON without a broker ≥ 2 ×", Ours, Contestants.Http, 256, Rate, 2),
        AtMost("p99 at 64 in flight, as shipped, against hand-written ≤ 0.5 ×", Ours, Hand, 64, static r => r.Client.P99, 0.5),
        Figure(
            "client bytes per call at 64 in flight, as shipped ≤ 350 B",
            results.Median(Ours, WorkItem.Next, 64, Bytes), static bytes => bytes <= 350, static bytes => bytes.Text() + " B"),
        Figure(
            "1,024 against 64 in flight, as shipped ≥ 0.8 × the throughput",
            results.Median(Ours, WorkItem.Next, 1024, Rate) / results.Median(Ours, WorkItem.Next, 64, Rate), static ratio => ratio >= 0.8, Medians.Times),
        Figure(
            "memory:// lone call against a bare floor program ≤ 3 ×",
            results.Lone.Select(static lone => lone.P50 / lone.FloorP50).Median(), static ratio => ratio <= 3, Medians.Times),
        Figure(
            "memory:// lone call ≤ 600 B", results.Lone.Select(static lone => lone.Bytes).Median(), static bytes => bytes <= 600, static bytes => bytes.Text() + " B"),
    ];

    private static double Rate(PairResult result) => result.Client.Rate;

    private static double Bytes(PairResult result) => result.Client.BytesPerCall;

    private Verdict LoneLatency()
    {
        var ratio = results.Ratio(Ours, Hand, WorkItem.Next, 1, static r => r.Client.P50);
        var spread = results.Ratios(Contestants.BaselineAgain, Hand, WorkItem.Next, 1, static r => r.Client.P50).DefaultIfEmpty(double.NaN).Max();
        return Figure(
            "p50 at 1 in flight against hand-written ≤ 1.05 ×, or inside the A/A spread",
            ratio, value => value <= 1.05 || value <= spread, value => $"{value.Times()} (A/A up to {spread.Times()})");
    }

    private Verdict OpenLoop()
    {
        const string Target = "open loop, 40,000 calls/s offered with Poisson arrivals: all answered, p99 ≤ 5 × the lone p50";
        if (results.OpenLoop.Count == 0)
        {
            return new Verdict(Target, null, false);
        }

        var failed = results.OpenLoop.Sum(static result => result.Client.Failed);
        var p99 = results.OpenLoop.Select(static result => result.Client.P99).Median();
        var lone = results.Median(Ours, WorkItem.Next, 1, static r => r.Client.P50);
        return new Verdict(Target, $"{failed:N0} not answered, p99 {p99.Text()} µs, {(p99 / lone).Times()} the lone p50", failed == 0 && p99 <= 5 * lone);
    }

    private Verdict AtLeast(string target, Contender contender, Contender to, int inFlight, Func<PairResult, double> figure, double least) =>
        Figure(target, results.Ratio(contender, to, WorkItem.Next, inFlight, figure), ratio => ratio >= least, Medians.Times);

    private Verdict AtMost(string target, Contender contender, Contender to, int inFlight, Func<PairResult, double> figure, double most) =>
        Figure(target, results.Ratio(contender, to, WorkItem.Next, inFlight, figure), ratio => ratio <= most, Medians.Times);

    private static Verdict Figure(string target, double value, Func<double, bool> isMet, Func<double, string> text) =>
        double.IsNaN(value) ? new Verdict(target, null, false) : new Verdict(target, text(value), isMet(value));
}
