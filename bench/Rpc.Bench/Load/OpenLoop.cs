using System.Diagnostics;
using Rpc.Bench.Contract;

namespace Rpc.Bench.Load;

/// <summary>
/// Calls that come when they come: at random instants with a given mean rate, whether or not earlier ones have been answered. Latency counts from the
/// instant at which a call should have been made, so a client that falls behind does not hide it.
/// </summary>
/// <param name="call">Makes one call.</param>
/// <param name="rate">The mean number of calls in a second.</param>
internal sealed class OpenLoop(Func<int, Task> call, double rate)
{
    // Whoever has not answered by then is counted as not having answered.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly Measurement _measurement = new();
    private readonly LatencyHistogram _late = new();
    private readonly TaskCompletionSource _allEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _counted = long.MaxValue; // calls due from then on are measured, also those that end much later
    private int _open = 1; // the sender itself

    /// <summary>Offers calls, and waits for the answers.</summary>
    /// <param name="ramp">How long before it is measured.</param>
    /// <param name="time">How long it is measured.</param>
    public async Task<LoadResult> RunAsync(TimeSpan ramp, TimeSpan time)
    {
        var offered = await Task.Factory.StartNew(() => Offer(ramp, time), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Left();
        await Task.WhenAny(_allEnded.Task, Task.Delay(s_patience));
        _measurement.Stop();
        var result = _measurement.ToResult();
        return result with { Seconds = time.TotalSeconds, Failed = offered - result.AllCalls, LateP99 = _late.Microseconds(0.99) };
    }

    // A thread of its own, which sleeps between the calls; it takes little of the processors that the call itself needs. If it wakes up late, it
    // makes up for what it has missed, and those calls are late from their intended instants on.
    private long Offer(TimeSpan ramp, TimeSpan time)
    {
        var random = new Random(17);
        var start = Stopwatch.GetTimestamp();
        var measured = start + Ticks(ramp);
        var end = measured + Ticks(time);
        var offered = 0;
        for (var due = start; due < end; due += (long)(-Math.Log(1 - random.NextDouble()) / rate * Stopwatch.Frequency))
        {
            if (measured != 0 && due >= measured)
            {
                _measurement.Start();
                measured = 0;
                Volatile.Write(ref _counted, due);
            }

            PreciseSleep.Until(due);
            if (due >= Volatile.Read(ref _counted))
            {
                _late.Record(Stopwatch.GetTimestamp() - due);
            }

            Interlocked.Increment(ref _open);
            _ = CallAsync(offered++, due);
        }

        return offered;
    }

    private async Task CallAsync(int number, long due)
    {
        try
        {
            await call(number);
            _measurement.Ended(due, counts: due >= Volatile.Read(ref _counted));
        }
        catch (Exception exception)
        {
            _measurement.Failed(exception);
        }
        finally
        {
            Left();
        }
    }

    private void Left()
    {
        if (Interlocked.Decrement(ref _open) == 0)
        {
            _allEnded.SetResult();
        }
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
