using System.Globalization;
using Rpc.Bench.Contenders;
using Rpc.Bench.Load;
using Rpc.Bench.Processes;
using Rpc.Bench.Reports;

namespace Rpc.Bench.Compare;

/// <summary>Writes what a comparison has measured: tables, charts, verdicts.</summary>
internal sealed class CompareReport(CompareSettings settings, CompareResults results, Report report)
{
    private static readonly string[] s_heads =
    [
        "", "calls/s", "×", "p50 µs", "×", "p99 µs", "×", "client CPU µs/call", "server CPU µs/call", "client B/call", "×", "server B/call", "failed",
    ];

    /// <summary>Writes it.</summary>
    public void Write()
    {
        report.Line("# Calls over RabbitMQ, side by side");
        report.Line();
        report.Line($"{Report.Machine}; {settings.Rounds} rounds of {settings.Seconds.Text()} s, medians; client, server and broker on this one machine.");
        report.Line();
        foreach (var work in settings.Work)
        {
            WriteWork(work);
        }

        WriteOther();
        report.Line("## Targets");
        report.Line();
        report.Verdicts(new CompareTargets(results).Judge());
        report.Save();
    }

    private void WriteWork(WorkItem work)
    {
        report.Line($"## {TitleOf(work)}");
        report.Line();
        foreach (var inFlight in settings.InFlight)
        {
            report.Line($"### {inFlight:N0} in flight");
            report.Line();
            report.Table(
                s_heads,
                settings.Contenders.Select(contender => Row(contender, work, inFlight)));
            WriteSpread(work, inFlight);
            foreach (var contender in settings.Contenders.Where(contender => results.FirstFailure(contender, work, inFlight) is not null))
            {
                report.Line($"{contender.Title}, first failure: {results.FirstFailure(contender, work, inFlight)}");
                report.Line();
            }
        }

        Chart(work, "calls per second", "rate", static result => result.Client.Rate);
        Chart(work, "median latency, µs", "p50", static result => result.Client.P50);
        Chart(work, "99th percentile of latency, µs", "p99", static result => result.Client.P99);
        Chart(work, "bytes allocated by the client per call", "bytes", static result => result.Client.BytesPerCall);
    }

    private string[] Row(Contender contender, WorkItem work, int inFlight)
    {
        string Figure(Func<PairResult, double> figure) => results.Median(contender, work, inFlight, figure).Text();
        string Ratio(Func<PairResult, double> figure) => results.Ratio(contender, settings.Contenders[0], work, inFlight, figure).Times();
        return
        [
            contender.Title,
            Figure(static r => r.Client.Rate), Ratio(static r => r.Client.Rate),
            Figure(static r => r.Client.P50), Ratio(static r => r.Client.P50),
            Figure(static r => r.Client.P99), Ratio(static r => r.Client.P99),
            Figure(static r => r.Client.CpuPerCall),
            Figure(static r => r.ServerCpuPerCall),
            Figure(static r => r.Client.BytesPerCall), Ratio(static r => r.Client.BytesPerCall),
            Figure(static r => r.ServerBytesPerCall),
            results.Failed(contender, work, inFlight).ToString("N0", CultureInfo.InvariantCulture),
        ];
    }

    private void WriteSpread(WorkItem work, int inFlight)
    {
        if (!results.Has(Contestants.Baseline, work, inFlight) || !results.Has(Contestants.BaselineAgain, work, inFlight))
        {
            return;
        }

        string Spread(Func<PairResult, double> figure)
        {
            var ratios = results.Ratios(Contestants.BaselineAgain, Contestants.Baseline, work, inFlight, figure).ToArray();
            return $"{ratios.Min().Times()} to {ratios.Max().Times()}";
        }

        report.Line(
            $"A/A spread: calls/s {Spread(static r => r.Client.Rate)}, p50 {Spread(static r => r.Client.P50)}, p99 {Spread(static r => r.Client.P99)}.");
        report.Line();
    }

    private void WriteOther()
    {
        report.Line("## Other loads");
        report.Line();
        report.Line(
            $"- 8 client processes of 8 in flight each: hand-written {results.Eight(Contestants.Baseline).Text()} calls/s, "
            + $"ours as shipped {results.Eight(Contestants.Shipped).Text()} calls/s.");
        foreach (var open in results.OpenLoop)
        {
            report.Line(
                $"- Open loop, {CompareTargets.OfferedRate:N0} calls/s offered: {open.Client.Rate.Text()} calls/s answered, {open.Client.Failed:N0} not, "
                + $"p50 {open.Client.P50.Text()} µs, p99 {open.Client.P99.Text()} µs; "
                + $"of that the calling thread was late by {open.Client.LateP99.Text()} µs at p99, before it had called."
                + (open.Client.FirstFailure is { } failure ? $" First failure: {failure}" : string.Empty));
        }

        foreach (var lone in results.Lone)
        {
            report.Line(
                $"- A lone call in one process: {lone.P50.Text()} µs and {lone.Bytes.Text()} B over memory://, "
                + $"{lone.FloorP50.Text()} µs and {lone.FloorBytes.Text()} B for the floor.");
        }

        report.Line();
    }

    private void Chart(WorkItem work, string unit, string file, Func<PairResult, double> figure)
    {
        var places = settings.InFlight.Select(static callers => callers.ToString("N0", CultureInfo.InvariantCulture));
        var lines = settings.Contenders.Select(
            contender => (contender.Title, (IReadOnlyList<double>)[.. settings.InFlight.Select(callers => results.Median(contender, work, callers, figure))]));
        report.Chart(new LineChart(TitleOf(work), unit, "calls in flight", [.. places], [.. lines]), $"{work.ToString().ToLowerInvariant()}-{file}");
    }

    private static string TitleOf(WorkItem work) => work switch
    {
        WorkItem.Next => "An int in, an int out",
        WorkItem.Echo => "A record of 1 KiB both ways",
        _ => "A handler that waits 5 ms",
    };
}
