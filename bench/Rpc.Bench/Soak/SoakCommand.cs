using System.CommandLine;

namespace Rpc.Bench.Soak;

/// <summary><c>soak</c>: calls under random faults, for as long as one likes.</summary>
internal static class SoakCommand
{
    public static Command Create()
    {
        var minutes = new Option<double>("--minutes") { Description = "How long.", DefaultValueFactory = static _ => 3 };
        var seed = new Option<int>("--seed") { Description = "Chooses faults and calls; the same seed chooses the same ones.", DefaultValueFactory = static _ => Random.Shared.Next() };
        var command = new Command("soak", "Calls over a private RabbitMQ whose connections, servers, queues and memory fail at random. Exit code 1 if a promise was broken.")
        {
            minutes,
            seed,
        };
        command.SetAction((arguments, cancellationToken) => RunAsync(arguments.GetValue(minutes), arguments.GetValue(seed), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(double minutes, int seed, CancellationToken cancellationToken)
    {
        Console.WriteLine($"soak --minutes {minutes} --seed {seed}");
        var tally = new SoakTally();
        await using var system = await SoakSystem.StartAsync();
        var plan = new SoakPlan(system, new Random(seed));
        var baseline = SoakLeaks.Measure();

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var callers = system.Clients.SelectMany((client, number) => SoakCaller.StartAll(client, number, seed, tally, stop.Token)).ToArray();
        var length = TimeSpan.FromMinutes(minutes);
        await plan.RunAsync(length, tally, cancellationToken);
        await stop.CancelAsync();
        await Task.WhenAll(callers);

        await SoakVerdict.CheckServiceAsync(system, tally);
        SoakVerdict.CheckRuns(system, tally);
        await SoakLeaks.CheckAsync(system, baseline, tally);
        tally.Print(Console.Out);
        return tally.Broken.IsEmpty ? 0 : 1;
    }
}
