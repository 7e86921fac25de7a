using Rpc.Bench.Contenders;
using Rpc.Bench.Load;
using Rpc.Bench.Processes;

namespace Rpc.Bench.Fairness;

/// <summary>Measures one situation with batching on and off, by turns, each with servers and a client of its own.</summary>
internal sealed class FairnessRun(FairnessTest test, string address)
{
    private static readonly LoadOrder s_warmUp = new(LoadKind.Closed, WorkItem.Next, 16, 1);

    /// <summary>Measures.</summary>
    /// <param name="rounds">How often.</param>
    public async Task<IReadOnlyList<(double On, double Off)>> RunAsync(int rounds)
    {
        var figures = new List<(double On, double Off)>();
        for (var round = 0; round < rounds; round++)
        {
            Console.Error.WriteLine($"{test.Title}: round {round + 1} of {rounds}");

            // By turns, so that neither always has the warmer machine.
            var first = await MeasureAsync(round % 2 == 0 ? Contestants.Unbatched : Contestants.Shipped);
            var second = await MeasureAsync(round % 2 == 0 ? Contestants.Shipped : Contestants.Unbatched);
            figures.Add(round % 2 == 0 ? (second, first) : (first, second));
        }

        return figures;
    }

    private async Task<double> MeasureAsync(Contender contender)
    {
        var queue = "bench.fair." + contender.Id;
        var processes = new List<BenchProcess>();
        try
        {
            for (var server = 0; server < test.Servers; server++)
            {
                processes.Add((await Pair.StartServerAsync(contender, address, queue, test.Concurrency)).Process);
            }

            var client = await Pair.StartClientAsync(contender, address, queue);
            processes.Add(client);
            await client.AskAsync<LoadOrder, LoadResult>(s_warmUp);
            var result = await client.AskAsync<LoadOrder, LoadResult>(test.Order);
            return result.Failed == 0
                ? test.Figure(result)
                : throw new InvalidOperationException($"{result.Failed} calls failed with {contender.Title}; the first one: {result.FirstFailure}");
        }
        finally
        {
            // The client first: its calls need the servers.
            for (var last = processes.Count - 1; last >= 0; last--)
            {
                await processes[last].DisposeAsync();
            }
        }
    }
}
