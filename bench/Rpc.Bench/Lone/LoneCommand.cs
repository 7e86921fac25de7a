using System.CommandLine;
using Rpc.Bench.Contenders;
using Rpc.Bench.Contract;
using Rpc.Bench.Load;
using Rpc.Bench.Processes;
using Rpc.Bench.Reports;

namespace Rpc.Bench.Lone;

/// <summary><c>lone</c>, hidden: one call after the other in one process, over <c>memory://</c> and over the floor, by turns.</summary>
internal static class LoneCommand
{
    private const string Name = "lone";
    private const int Turns = 7;

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_turn = TimeSpan.FromMilliseconds(150);

    public static Command Create()
    {
        var command = new Command(Name, "A lone call in one process.") { Hidden = true };
        command.SetAction((_, _) => RunAsync());
        return command;
    }

    /// <summary>Measures in a process of its own.</summary>
    public static async Task<LoneResult> RunProcessAsync()
    {
        var (process, result) = await BenchProcess.StartAsync<LoneResult>(Name);
        await process.DisposeAsync();
        return result;
    }

    private static async Task<int> RunAsync()
    {
        const string Address = "memory://lone";
        const string Queue = "bench.lone";
        var service = new WorkService();
        await using var server = await Contestants.Shipped.ServeAsync(new ServerSetup(Address, Queue, 64, service));
        await using var client = await Contestants.Shipped.ConnectAsync(Address, Queue);
        using var floor = new Floor(service);
        await MeasureAsync(floor.Next, s_warmUp);
        await MeasureAsync(client.Work.Next, s_warmUp);
        var floors = new List<LoadResult>();
        var ours = new List<LoadResult>();
        for (var turn = 0; turn < Turns; turn++)
        {
            floors.Add(await MeasureAsync(floor.Next, s_turn));
            ours.Add(await MeasureAsync(client.Work.Next, s_turn));
        }

        Lines.Write(new LoneResult(
            ours.Select(static result => result.P50).Median(),
            ours.Select(static result => result.BytesPerCall).Median(),
            floors.Select(static result => result.P50).Median(),
            floors.Select(static result => result.BytesPerCall).Median()));
        return 0;
    }

    private static Task<LoadResult> MeasureAsync(Func<int, Task> call, TimeSpan time) => new ClosedLoop(call, 1).RunAsync(s_turn, time);
}
