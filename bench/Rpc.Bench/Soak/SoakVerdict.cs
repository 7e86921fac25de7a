using System.Diagnostics;
using Rpc.TestKit.Faults;

namespace Rpc.Bench.Soak;

/// <summary>Whether what callers were told is what happened.</summary>
internal static class SoakVerdict
{
    private static readonly TimeSpan s_recovery = TimeSpan.FromSeconds(40);

    /// <summary>Every client is served again, without any restart.</summary>
    public static async Task CheckServiceAsync(SoakSystem system, SoakTally tally)
    {
        foreach (var client in system.Clients)
        {
            var started = Stopwatch.GetTimestamp();
            Outcome outcome;
            do
            {
                outcome = await Outcome.OfAsync(client.Ordeal.With(new RpcCallOptions { Timeout = TimeSpan.FromSeconds(10) }).Echo(1), TimeSpan.FromSeconds(20));
            }
            while (outcome != Outcome.Success && Stopwatch.GetElapsedTime(started) < s_recovery);

            if (outcome != Outcome.Success)
            {
                tally.Broken.Enqueue($"the client in mode {client.Mode} is not served {s_recovery.TotalSeconds} s after the last fault: {outcome}; {client.Client.Health}");
            }
        }
    }

    /// <summary>Nothing ran twice but what may, what succeeded has run, and what was said not to have run has not.</summary>
    public static void CheckRuns(SoakSystem system, SoakTally tally)
    {
        var runs = system.Ledger.Read();
        foreach (var (call, outcome) in tally.Counted)
        {
            var count = runs.GetValueOrDefault(call[(call.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            if (count > 1 && !call.StartsWith("RunAgain", StringComparison.Ordinal))
            {
                tally.Broken.Enqueue($"{call} ran {count} times, and ended as {outcome}");
            }

            if (count > 0 && outcome is { Status: not null, MayHaveRun: false })
            {
                tally.Broken.Enqueue($"{call} ended as {outcome}, and ran");
            }

            // A one-way call that was confirmed may have been lost with a queue that was deleted.
            if (count == 0 && outcome == Outcome.Success && !call.StartsWith("Note", StringComparison.Ordinal))
            {
                tally.Broken.Enqueue($"{call} has a result, and never ran");
            }
        }

        Console.WriteLine($"{tally.Counted.Count} calls were counted at their servers, which ran {runs.Where(static run => run.Key != "held").Sum(static run => run.Value)}.");
    }
}
