using System.Collections.Concurrent;
using System.Diagnostics;
using Rpc.TestKit.Faults;

namespace Rpc.Integration.Tests.Faults;

/// <summary>Connections that are lost every second, for a minute.</summary>
public sealed class FlappingTests(FaultBroker broker) : FaultTest(broker)
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_length = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Every_call_ends_in_time_and_nothing_is_left()
    {
        var rig = await StartAsync();
        var hurried = rig.Ordeal.With(new RpcCallOptions { Timeout = s_deadline });
        var outcomes = new ConcurrentDictionary<Outcome, int>();
        using var stop = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 30).Select(caller => CallAsync(hurried, caller, outcomes, stop.Token)).ToArray();

        var started = Stopwatch.GetTimestamp();
        using (var everySecond = new PeriodicTimer(TimeSpan.FromSeconds(1)))
        {
            for (var second = 0; Stopwatch.GetElapsedTime(started) < s_length; second++)
            {
                await everySecond.WaitForNextTickAsync();
                if (second % 3 != 1)
                {
                    rig.ClientLine.Cut();
                }

                if (second % 3 != 0)
                {
                    rig.ServerLine.Reset();
                }
            }
        }

        await stop.CancelAsync();
        var longest = (await Task.WhenAll(callers)).Max();

        Assert.InRange(longest, TimeSpan.Zero, s_deadline + TimeSpan.FromSeconds(1));
        Assert.All(outcomes.Keys, static outcome => Assert.Contains(
            outcome, new[] { Outcome.Success, Outcome.ConnectionLost, Outcome.Redelivered, Outcome.NotSent, Outcome.NotSent with { MayHaveRun = true }, Outcome.NoReply }));
        Assert.InRange(outcomes.GetValueOrDefault(Outcome.Success), 100, int.MaxValue);
        Assert.All(rig.Ledger.Read().Where(static run => run.Key.StartsWith("once", StringComparison.Ordinal)), static run => Assert.Equal(1, run.Value));
        await rig.AssertSoundAsync();
    }

    // Ends with the longest time that a call took.
    private static async Task<TimeSpan> CallAsync(IOrdeal ordeal, int caller, ConcurrentDictionary<Outcome, int> outcomes, CancellationToken stop)
    {
        var longest = TimeSpan.Zero;
        for (var made = 0; !stop.IsCancellationRequested; made++)
        {
            var started = Stopwatch.GetTimestamp();
            var call = made % 2 == 0 ? ordeal.Run($"once{caller}-{made}") : ordeal.RunAgain($"again{caller}-{made}");
            var outcome = await Outcome.OfAsync(call, s_deadline * 3);
            var took = Stopwatch.GetElapsedTime(started);
            longest = took > longest ? took : longest;
            outcomes.AddOrUpdate(outcome, 1, static (_, count) => count + 1);
        }

        return longest;
    }
}
