using System.Diagnostics;

namespace Rpc.Bench.Load;

/// <summary>Callers that call, wait for the answer and call again.</summary>
/// <param name="call">Makes one call.</param>
/// <param name="callers">How many callers.</param>
internal sealed class ClosedLoop(Func<int, Task> call, int callers)
{
    private readonly Measurement _measurement = new();
    private volatile bool _stopping;
    private int _left = int.MaxValue;

    /// <summary>Puts the load on, measures it, and takes it off.</summary>
    /// <param name="ramp">How long it is on before it is measured.</param>
    /// <param name="time">How long it is measured.</param>
    public async Task<LoadResult> RunAsync(TimeSpan ramp, TimeSpan time)
    {
        var running = Start();
        await Task.Delay(ramp);
        _measurement.Start();
        await Task.Delay(time);
        _measurement.Stop();
        _stopping = true;
        await running;
        return _measurement.ToResult();
    }

    /// <summary>Makes a number of calls and measures all of them.</summary>
    /// <param name="calls">How many.</param>
    public async Task<LoadResult> RunAsync(int calls)
    {
        _left = calls;
        _measurement.Start();
        await Start();
        _measurement.Stop();
        return _measurement.ToResult();
    }

    // On the thread pool, where a server program's callers are.
    private Task Start() => Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync(caller))));

    private async Task CallAsync(int number)
    {
        while (!_stopping && Interlocked.Decrement(ref _left) >= 0)
        {
            var start = Stopwatch.GetTimestamp();
            try
            {
                await call(number);
                _measurement.Ended(start);
            }
            catch (Exception exception)
            {
                _measurement.Failed(exception);
            }
        }
    }
}
