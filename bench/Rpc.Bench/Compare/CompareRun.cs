using Rpc.Bench.Contenders;
using Rpc.Bench.Load;
using Rpc.Bench.Lone;
using Rpc.Bench.Processes;
using Rpc.TestKit.Broker;

namespace Rpc.Bench.Compare;

/// <summary>
/// Measures all contenders in rounds. Each round has its own processes, all of them alive but only one pair at work; a measurement of every contender
/// comes right after the others', in an order that moves on by one each round. So what drifts on the machine drifts for all of them.
/// </summary>
internal sealed class CompareRun(CompareSettings settings, PrivateBroker broker)
{
    private readonly CompareResults _results = new();

    /// <summary>Measures.</summary>
    public async Task<CompareResults> RunAsync()
    {
        for (var round = 0; round < settings.Rounds; round++)
        {
            Console.Error.WriteLine($"round {round + 1} of {settings.Rounds}");
            await RunRoundAsync(round);
        }

        return _results;
    }

    private async Task RunRoundAsync(int round)
    {
        var pairs = new List<Pair>();
        try
        {
            foreach (var contender in settings.Contenders)
            {
                pairs.Add(await Pair.StartAsync(contender, broker.Uri, settings.Concurrency));
            }

            foreach (var pair in pairs)
            {
                await WarmUpAsync(pair);
            }

            foreach (var work in settings.Work)
            {
                foreach (var inFlight in settings.InFlight)
                {
                    await MeasureAsync(pairs, round, work, inFlight);
                }
            }

            if (round < settings.OtherLoadsRounds && pairs.Find(static pair => pair.Contender == Contestants.Shipped) is { } shipped)
            {
                _results.CallsPerMessage.Add(await BrokerCounters.CallsPerMessageAsync(broker, shipped, settings.Seconds));
                _results.OpenLoop.Add(await shipped.RunAsync(
                    new LoadOrder(LoadKind.Open, WorkItem.Next, 0, 2 * settings.Seconds) { Rate = CompareTargets.OfferedRate, RampSeconds = 0.5 }));
            }
        }
        finally
        {
            foreach (var pair in pairs)
            {
                await pair.DisposeAsync();
            }
        }

        if (round < settings.OtherLoadsRounds)
        {
            await new EightClients(settings, broker.Uri).RunAsync(_results);
            _results.Lone.Add(await LoneCommand.RunProcessAsync());
        }
    }

    private async Task MeasureAsync(List<Pair> pairs, int round, WorkItem work, int inFlight)
    {
        for (var turn = 0; turn < pairs.Count; turn++)
        {
            var pair = pairs[(turn + round) % pairs.Count];
            _results.Add(pair.Contender, work, inFlight, await pair.RunAsync(new LoadOrder(LoadKind.Closed, work, inFlight, settings.Seconds)));
        }
    }

    // Until the compiler has made its last version of what runs often; alone and in company, which are different paths.
    private async Task WarmUpAsync(Pair pair)
    {
        foreach (var work in settings.Work)
        {
            var seconds = work == WorkItem.Pause ? 0.2 : settings.WarmUpSeconds;
            await pair.RunAsync(new LoadOrder(LoadKind.Closed, work, 64, seconds));
            await pair.RunAsync(new LoadOrder(LoadKind.Closed, work, 1, seconds / 4));
        }
    }
}
