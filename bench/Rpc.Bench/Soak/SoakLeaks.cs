using System.Diagnostics;
using Rpc.TestKit.Faults;

namespace Rpc.Bench.Soak;

/// <summary>What this process and the broker hold, before and after.</summary>
/// <param name="Bytes">Managed memory after a full collection.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Timers">Active timers.</param>
internal sealed record SoakLeaks(long Bytes, int Threads, long Timers)
{
    // Pooled buffers and warm code stay; one object for each of a hundred thousand calls would be more.
    private const long MaxMoreBytes = 64 * 1024 * 1024;
    private const int MaxMoreThreads = 40;
    private const int MaxMoreTimers = 20;

    public static SoakLeaks Measure()
    {
        using var self = Process.GetCurrentProcess();
        return new SoakLeaks(GC.GetTotalMemory(forceFullCollection: true), self.Threads.Count, Timer.ActiveCount);
    }

    /// <summary>Looks until everything is back where it was, or half a minute is over.</summary>
    public static async Task CheckAsync(SoakSystem system, SoakLeaks before, SoakTally tally)
    {
        var counted = tally.Counted.Sum(static call => 200L + (2 * call.Key.Length)); // the tally's own memory
        var problems = new List<string>();
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30);)
        {
            problems = await FindAsync(system, before, counted);
            if (problems.Count == 0)
            {
                break;
            }

            await Task.Delay(1000);
        }

        var after = Measure();
        Console.WriteLine($"memory {before.Bytes / 1024} KiB before, {after.Bytes / 1024} KiB after, of which about {counted / 1024} are this program's notes; " +
            $"threads {before.Threads}, {after.Threads}; timers {before.Timers}, {after.Timers}; {await BrokerFigures.OfAsync(system.Broker)}");
        problems.ForEach(tally.Broken.Enqueue);
        if (problems.Count > 0)
        {
            Console.WriteLine(await system.Broker.RunCtlAsync("list_connections", "--quiet", "name", "client_properties"));
            Console.WriteLine(await system.Broker.RunCtlAsync("list_channels", "--quiet", "name", "consumer_count", "confirm", "messages_unacknowledged"));
        }
    }

    private static async Task<List<string>> FindAsync(SoakSystem system, SoakLeaks before, long counted)
    {
        var problems = new List<string>();
        foreach (var client in system.Clients)
        {
            if (ClientFigures.Of(client.Client) is var held && held != ClientFigures.None)
            {
                problems.Add($"the client in mode {client.Mode} still holds {held}");
            }
        }

        // Direct reply-to has no queue; each client has a channel for one-way calls once it made one.
        var figures = await BrokerFigures.OfAsync(system.Broker);
        var (clients, servers) = (system.Clients.Count, system.Servers.Count);
        var least = new BrokerFigures(clients + servers, clients + (2 * servers), clients - 1, servers);
        if (figures with { Channels = 0 } != least with { Channels = 0 } || figures.Channels < least.Channels || figures.Channels > least.Channels + clients)
        {
            problems.Add($"the broker holds {figures}, and {least} was expected, with a channel more for each client that has made one-way calls");
        }

        var now = Measure();
        Check(now.Bytes - counted, before.Bytes + MaxMoreBytes, "bytes of managed memory");
        Check(now.Threads, before.Threads + MaxMoreThreads, "threads");
        Check(now.Timers, before.Timers + MaxMoreTimers, "active timers");
        return problems;

        void Check(long value, long most, string what)
        {
            if (value > most)
            {
                problems.Add($"{value} {what} at the end, and at most {most} were expected");
            }
        }
    }
}
