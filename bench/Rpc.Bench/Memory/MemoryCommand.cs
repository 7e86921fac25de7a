using System.CommandLine;
using System.Globalization;
using RabbitMQ.Client;
using Rpc.Bench.Contenders;
using Rpc.Bench.Load;
using Rpc.Bench.Processes;
using Rpc.Bench.Reports;
using Rpc.TestKit.Broker;

namespace Rpc.Bench.Memory;

/// <summary><c>memory</c>: the managed heap of a client whose calls all wait.</summary>
internal static class MemoryCommand
{
    private const int Calls = 100_000;
    private const double MaxMegabytes = 60;

    public static Command Create()
    {
        var output = OutputOption.Create();
        var command = new Command("memory", "The managed heap of a client with 100,000 pending calls.") { output };
        command.SetAction((arguments, _) => RunAsync(new Report(arguments.GetValue(output), "memory")));
        return command;
    }

    private static async Task<int> RunAsync(Report report)
    {
        await using var broker = await PrivateBroker.StartAsync();
        report.Line("# Memory of a client with 100,000 pending calls");
        report.Line();
        report.Line($"{Report.Machine}; the managed heap after a full collection.");
        report.Line();
        var megabytes = new List<double>();
        var rows = new List<string[]>();
        foreach (var contender in (Contender[])[Contestants.Baseline, Contestants.Unbatched, Contestants.Shipped])
        {
            var result = await MeasureAsync(broker.Uri, contender);
            megabytes.Add(result.HeapBytes / 1e6);
            rows.Add(
            [
                contender.Title,
                megabytes[^1].Text(),
                (result.HeapBytes / Math.Max(1.0, result.Calls)).Text(),
                result.Calls.ToString("N0", CultureInfo.InvariantCulture),
            ]);
        }

        report.Table(["", "MB", "B/call", "calls pending"], rows);
        report.Verdicts([new Verdict("managed heap of a client with 100,000 pending calls ≤ 60 MB", megabytes[^1].Text() + " MB", megabytes[^1] <= MaxMegabytes)]);
        report.Save();
        return 0;
    }

    // Their queue has no consumer, so they wait at the broker, and nothing comes back.
    private static async Task<LoadResult> MeasureAsync(string address, Contender contender)
    {
        var queue = "bench.held." + contender.Id;
        await using var connection = await new ConnectionFactory { Uri = new Uri(address) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false);
        var client = await Pair.StartClientAsync(contender, address, queue);
        await using (client)
        {
            return await client.AskAsync<LoadOrder, LoadResult>(new LoadOrder(LoadKind.Pending, WorkItem.Next, 0, 0) { Calls = Calls });
        }
    }
}
