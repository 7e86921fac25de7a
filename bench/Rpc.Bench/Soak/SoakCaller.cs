using System.Diagnostics;
using Rpc.TestKit.Faults;

namespace Rpc.Bench.Soak;

/// <summary>Makes one call after the other, of all kinds.</summary>
internal sealed class SoakCaller(IOrdeal ordeal, string name, Random random, SoakTally tally)
{
    private const int CallersPerClient = 25;

    /// <summary>Starts the callers of one client.</summary>
    public static IEnumerable<Task> StartAll(SoakClient client, int number, int seed, SoakTally tally, CancellationToken stop) =>
        Enumerable.Range(0, CallersPerClient).Select(caller =>
            Task.Run(() => new SoakCaller(client.Ordeal, $"{number}.{caller}", new Random(unchecked((seed * 1_000_003) + (number * 1009) + caller)), tally).RunAsync(stop), CancellationToken.None));

    private async Task RunAsync(CancellationToken stop)
    {
        for (var made = 0; !stop.IsCancellationRequested; made++)
        {
            await CallAsync($"{name}.{made}");
            await Task.Delay(random.Next(20), CancellationToken.None); // a soak is not a measurement: the machine is to have some air
        }
    }

    private async Task CallAsync(string id)
    {
        var timeout = TimeSpan.FromMilliseconds(random.Next(4) == 0 ? random.Next(50, 1000) : random.Next(1000, 15_000));
        var patient = ordeal.With(new RpcCallOptions { Timeout = timeout });
        var kind = random.Next(20);
        using var cancel = new CancellationTokenSource();
        if (kind == 0)
        {
            cancel.CancelAfter(random.Next(1, 1500));
        }

        var started = Stopwatch.GetTimestamp();
        var (what, call) = kind switch
        {
            0 => ("Hold", patient.Hold("held", cancel.Token)),
            1 or 2 => ("Run", patient.Run(id)),
            3 or 4 => ("RunAgain", patient.RunAgain(id)),
            5 => ("Note", patient.Note(id)),
            6 => ("Measure", patient.Measure(new string('x', random.Next(100_000)))),
            _ => ("Echo", (Task)patient.Echo(random.Next())),
        };
        await EndAsync(what, id, call, started, timeout);
    }

    private async Task EndAsync(string what, string id, Task call, long started, TimeSpan timeout)
    {
        string row;
        try
        {
            var outcome = await Outcome.OfAsync(call, timeout + TimeSpan.FromSeconds(30));
            row = outcome.ToString();
            if (what is "Run" or "RunAgain" or "Note")
            {
                tally.Counted[$"{what} {id}"] = outcome;
            }
        }
        catch (OperationCanceledException)
        {
            row = "cancelled";
        }
        catch (Exception other)
        {
            row = other.GetType().Name;
            tally.Broken.Enqueue($"{what} {id} ended as {row}: {other.Message}");
        }

        tally.Add(row, $"{what} {id}", Stopwatch.GetElapsedTime(started) - timeout);
    }
}
