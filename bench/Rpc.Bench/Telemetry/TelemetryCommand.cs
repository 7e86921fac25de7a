using System.CommandLine;
using System.Globalization;
using Rpc.Bench.Contenders;
using Rpc.Bench.Contract;
using Rpc.Bench.Load;
using Rpc.Bench.Processes;
using Rpc.Bench.Reports;

namespace Rpc.Bench.Telemetry;

/// <summary><c>telemetry</c>: what spans and metrics cost a lone call over <c>memory://</c>, client and server together, by who listens.</summary>
internal static class TelemetryCommand
{
    private const int Turns = 15;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_turn = TimeSpan.FromMilliseconds(150);

    public static Command Create()
    {
        var command = new Command("telemetry", "What spans and metrics cost a call over memory://, by who listens.");
        command.SetAction((_, _) => RunAsync());
        return command;
    }

    private static async Task<int> RunAsync()
    {
        const string Address = "memory://telemetry";
        const string Queue = "bench.telemetry";
        await using var server = await Contestants.Shipped.ServeAsync(new ServerSetup(Address, Queue, 64, new WorkService()));
        await using var client = await Contestants.Shipped.ConnectAsync(Address, Queue);
        var results = Audience.All.ToDictionary(static audience => audience, static _ => new List<LoadResult>());
        foreach (var audience in Audience.All)
        {
            await MeasureAsync(audience, client.Work.Next, s_warmUp);
        }

        for (var turn = 0; turn < Turns; turn++)
        {
            foreach (var audience in Audience.All)
            {
                results[audience].Add(await MeasureAsync(audience, client.Work.Next, s_turn));
            }
        }

        Console.WriteLine("| who listens | B/call | p50 |");
        Console.WriteLine("|---|---|---|");
        foreach (var (audience, of) in results)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {audience.Name} | {of.Select(static result => result.BytesPerCall).Median():0} | {of.Select(static result => result.P50).Median():0.0} µs |"));
        }

        return 0;
    }

    private static async Task<LoadResult> MeasureAsync(Audience audience, Func<int, Task> call, TimeSpan time)
    {
        using var listening = audience.Listen();
        return await new ClosedLoop(call, 1).RunAsync(s_turn, time);
    }
}
