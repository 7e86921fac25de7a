using System.CommandLine;
using Rpc.Bench.Contenders;
using Rpc.Bench.Load;
using Rpc.Bench.Reports;
using Rpc.TestKit.Broker;

namespace Rpc.Bench.Compare;

/// <summary><c>compare</c> and <c>quick</c>: all contenders side by side.</summary>
internal static class CompareCommand
{
    private static readonly WorkItem[] s_allWork = [WorkItem.Next, WorkItem.Echo, WorkItem.Pause];

    /// <summary>Everything.</summary>
    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "How often everything is measured; the median counts.", DefaultValueFactory = static _ => 5 };
        var seconds = new Option<double>("--seconds") { Description = "How long each measurement takes.", DefaultValueFactory = static _ => 1.0 };
        var inFlight = new Option<int[]>("--in-flight")
        {
            Description = "Numbers of callers.",
            DefaultValueFactory = static _ => [1, 8, 64, 256, 1024],
            AllowMultipleArgumentsPerToken = true,
        };
        var work = new Option<WorkItem[]>("--work")
        {
            Description = "Next (an int), Echo (1 KiB), Pause (5 ms).",
            DefaultValueFactory = static _ => s_allWork,
            AllowMultipleArgumentsPerToken = true,
        };
        var contenders = new Option<string[]>("--contenders")
        {
            Description = "Who takes part; the first is what the others are measured against.",
            DefaultValueFactory = static _ => [.. Contestants.All.Select(static contender => contender.Id)],
            AllowMultipleArgumentsPerToken = true,
        };
        contenders.AcceptOnlyFromAmong([.. Contestants.All.Select(static contender => contender.Id)]);
        var output = OutputOption.Create();
        var command = new Command("compare", "All contenders side by side over a private broker, in interleaved rounds.")
        {
            rounds, seconds, inFlight, work, contenders, output,
        };
        command.SetAction((arguments, _) => RunAsync(
            new CompareSettings
            {
                Rounds = arguments.GetValue(rounds),
                Seconds = arguments.GetValue(seconds),
                OtherLoadsRounds = arguments.GetValue(rounds),
                WarmUpSeconds = 3,
                InFlight = arguments.GetRequiredValue(inFlight),
                Work = arguments.GetRequiredValue(work),
                Contenders = [.. arguments.GetRequiredValue(contenders).Select(Contestants.Find)],
            },
            arguments.GetValue(output)));
        return command;
    }

    /// <summary>In less than two minutes.</summary>
    public static Command CreateQuick()
    {
        var output = OutputOption.Create();
        var command = new Command("quick", "The same with an int in and out alone, two short rounds: under two minutes, for a first look.") { output };
        command.SetAction((arguments, _) => RunAsync(
            new CompareSettings
            {
                Rounds = 2,
                OtherLoadsRounds = 1,
                Seconds = 0.5,
                WarmUpSeconds = 1,
                InFlight = [1, 64, 256, 1024],
                Work = [WorkItem.Next],
                Contenders = Contestants.All,
            },
            arguments.GetValue(output)));
        return command;
    }

    private static async Task<int> RunAsync(CompareSettings settings, DirectoryInfo? output)
    {
        if (settings.Rounds < 1 || settings.Seconds <= 0 || settings.InFlight.Any(static callers => callers < 1))
        {
            await Console.Error.WriteLineAsync("--rounds and --in-flight are numbers from 1 on, and --seconds is positive.");
            return 2;
        }

        await using var broker = await PrivateBroker.StartAsync();
        var results = await new CompareRun(settings, broker).RunAsync();
        new CompareReport(settings, results, new Report(output, "compare")).Write();
        return 0;
    }
}
