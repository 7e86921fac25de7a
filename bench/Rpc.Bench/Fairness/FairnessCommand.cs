using System.CommandLine;
using Rpc.Bench.Reports;
using Rpc.TestKit.Broker;

namespace Rpc.Bench.Fairness;

/// <summary><c>fairness</c>: what batching costs those who would be better off without it.</summary>
internal static class FairnessCommand
{
    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "How often each is measured, with batching and without; the median counts.", DefaultValueFactory = static _ => 5 };
        var output = OutputOption.Create();
        var command = new Command("fairness", "Slow and changing methods with batching on and off: makespan, latency beside slow calls, a method that changes.") { rounds, output };
        command.SetAction((arguments, _) => RunAsync(arguments.GetValue(rounds), new Report(arguments.GetValue(output), "fairness")));
        return command;
    }

    private static async Task<int> RunAsync(int rounds, Report report)
    {
        await using var broker = await PrivateBroker.StartAsync();
        report.Line("# Batching on against off, where it could do harm");
        report.Line();
        report.Line($"{Report.Machine}; {rounds} rounds, medians.");
        report.Line();
        var rows = new List<string[]>();
        var verdicts = new List<Verdict>();
        foreach (var test in FairnessTest.All)
        {
            var figures = await new FairnessRun(test, broker.Uri).RunAsync(rounds);
            var ratio = figures.Select(static pair => pair.On / pair.Off).Median();
            rows.Add([test.Title, figures.Select(static pair => pair.Off).Median().Text(), figures.Select(static pair => pair.On).Median().Text(), ratio.Times()]);
            verdicts.Add(new Verdict(test.Target, ratio.Times(), test.IsMet(ratio)));
        }

        report.Table(["", "off", "on", "on/off"], rows);
        report.Verdicts(verdicts);
        report.Save();
        return 0;
    }
}
