using Rpc.Bench.Contenders;
using Rpc.Bench.Load;
using Rpc.Bench.Processes;

namespace Rpc.Bench.Compare;

/// <summary>Eight client processes of one contender at once, each with eight calls in flight: what callers that know nothing of each other reach.</summary>
internal sealed class EightClients(CompareSettings settings, string address)
{
    private const int Clients = 8;
    private const int InFlight = 8;

    /// <summary>Measures the baseline and ours, one after the other.</summary>
    /// <param name="results">Takes the rates.</param>
    public async Task RunAsync(CompareResults results)
    {
        foreach (var contender in settings.Contenders.Where(static contender => contender == Contestants.Baseline || contender == Contestants.Shipped))
        {
            results.AddEight(contender, await MeasureAsync(contender));
        }
    }

    private async Task<double> MeasureAsync(Contender contender)
    {
        var queue = $"bench.{contender.Id}.eight";
        var (server, ready) = await Pair.StartServerAsync(contender, address, queue, settings.Concurrency);
        var clients = new List<BenchProcess>();
        try
        {
            while (clients.Count < Clients)
            {
                clients.Add(await Pair.StartClientAsync(contender, ready.Address, queue));
            }

            // Nine processes share the processors while the compiler works in all of them, so it takes them longer.
            await RunAsync(clients, 3 * settings.WarmUpSeconds);
            var results = await RunAsync(clients, settings.Seconds);
            return results.Sum(static result => result.Rate);
        }
        finally
        {
            await Task.WhenAll(clients.Select(static client => client.DisposeAsync().AsTask()));
            await server.DisposeAsync();
        }
    }

    // The ramp is longer than the orders take to reach all of them, so all are at work while each of them measures.
    private static Task<LoadResult[]> RunAsync(List<BenchProcess> clients, double seconds) => Task.WhenAll(clients.Select(
        client => client.AskAsync<LoadOrder, LoadResult>(new LoadOrder(LoadKind.Closed, WorkItem.Next, InFlight, seconds) { RampSeconds = 0.5 })));
}
