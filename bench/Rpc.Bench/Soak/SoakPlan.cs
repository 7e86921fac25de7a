using System.Diagnostics;
using Rpc.TestKit.Broker;
using Rpc.TestKit.Faults;

namespace Rpc.Bench.Soak;

/// <summary>Chooses the faults and makes them, one after the other.</summary>
internal sealed class SoakPlan(SoakSystem system, Random random)
{
    private const string Enough = "0.6"; // of the machine's memory, for the broker
    private static readonly ProxyDirection[] s_directions = [ProxyDirection.ToTarget, ProxyDirection.ToCaller, ProxyDirection.Both];

    /// <summary>Makes faults for so long, and ends with everything as it should be.</summary>
    public async Task RunAsync(TimeSpan length, SoakTally tally, CancellationToken stop)
    {
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < length && !stop.IsCancellationRequested;)
        {
            await PauseAsync(200, 3000);
            var (name, make) = Choose();
            Console.WriteLine($"{Stopwatch.GetElapsedTime(started):mm\\:ss} {tally.Calls,8} calls  {name}");
            try
            {
                await make();
            }
            catch (BrokerException failed)
            {
                // The queue to be deleted was not there just then, for one.
                Console.WriteLine($"                      {failed.Message.Split('\n')[0]}");
            }
        }

        foreach (var line in system.Lines)
        {
            line.Resume();
        }
    }

    // Everything is drawn here, before anything is made: so the same seed makes the same plan, however long things take.
    private (string Name, Func<Task> Make) Choose()
    {
        var number = random.Next(system.Lines.Count);
        var line = system.Lines[number];
        var milliseconds = random.Next(300, 8000);
        var direction = s_directions[random.Next(3)];
        var server = system.Servers[random.Next(system.Servers.Count)];
        var process = system.Servers.Where(static candidate => candidate.IsProcess).ElementAt(random.Next(2));
        var crash = random.Next(2) == 0;
        return random.Next(24) switch
        {
            < 4 => ($"cut line {number}", () => Now(() => line.Cut())),
            < 6 => ($"reset line {number}", () => Now(() => line.Reset())),
            < 8 => ($"cut line {number} for {milliseconds} ms", () => ForAsync(milliseconds, line, () => line.Cut(refuseNew: true))),
            < 11 => ($"stall line {number} {direction} for {milliseconds} ms", () => ForAsync(milliseconds, line, () => line.Stall(direction))),
            < 13 => ($"slow line {number} for {milliseconds} ms", () => ForAsync(milliseconds, line, () => line.Slow(20_000, direction))),
            < 16 => ("kill a server process", process.KillAsync),
            < 18 => ("replace a server", server.ReplaceAsync),
            18 => (crash ? "kill the broker and start it again" : "restart the broker", () => RestartAsync(crash)),
            19 => ($"memory alarm for {milliseconds} ms", () => AlarmAsync(milliseconds)),
            20 => ("delete the request queue", () => system.Broker.RunCtlAsync("delete_queue", system.Queue)),
            21 => ("delete the reply and instance queues", DeleteOwnQueuesAsync),
            22 => ("close all connections", () => system.Broker.RunCtlAsync("close_all_connections", "soak")),
            _ => ("cut all lines", () => Now(() => system.Lines.ToList().ForEach(static all => all.Cut()))),
        };
    }

    private static Task Now(Action fault)
    {
        fault();
        return Task.CompletedTask;
    }

    private static async Task ForAsync(int milliseconds, TcpProxy line, Action fault)
    {
        fault();
        await Task.Delay(milliseconds);
        line.Resume();
    }

    private async Task RestartAsync(bool crash)
    {
        await (crash ? system.Broker.KillAsync() : system.Broker.StopAsync());
        await system.Broker.StartAgainAsync();
    }

    private async Task AlarmAsync(int milliseconds)
    {
        await system.Broker.RunCtlAsync("set_vm_memory_high_watermark", "0.000001");
        await Task.Delay(milliseconds);
        await system.Broker.RunCtlAsync("set_vm_memory_high_watermark", Enough);
    }

    private async Task DeleteOwnQueuesAsync()
    {
        var names = await system.Broker.RunCtlAsync("list_queues", "--quiet", "--no-table-headers", "name");
        foreach (var name in names.Split('\n', StringSplitOptions.TrimEntries).Where(static name => name.StartsWith("rpc.reply.", StringComparison.Ordinal) || name.StartsWith("rpc.instance.", StringComparison.Ordinal)))
        {
            await system.Broker.RunCtlAsync("delete_queue", name);
        }
    }

    private Task PauseAsync(int least, int most) => Task.Delay(random.Next(least, most));
}
