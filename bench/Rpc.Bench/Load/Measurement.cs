using System.Diagnostics;

namespace Rpc.Bench.Load;

/// <summary>Counts the calls of one load, and what they cost while they are measured. Thread-safe.</summary>
internal sealed class Measurement
{
    private readonly LatencyHistogram _latencies = new();
    private volatile bool _measuring;
    private ProcessUsage _usage = new(0, 0);
    private string? _firstFailure;
    private long _started;
    private double _seconds;
    private long _all;
    private long _failed;

    /// <summary>A call has ended well.</summary>
    /// <param name="since">When it began, or should have, in <see cref="Stopwatch"/>'s timestamps.</param>
    /// <param name="counts">Whether it is one of those that are measured.</param>
    public void Ended(long since, bool counts = true)
    {
        Interlocked.Increment(ref _all);
        if (_measuring && counts)
        {
            _latencies.Record(Stopwatch.GetTimestamp() - since);
        }
    }

    /// <summary>A call has failed.</summary>
    /// <param name="failure">Its exception.</param>
    public void Failed(Exception failure)
    {
        Interlocked.Increment(ref _failed);
        Interlocked.CompareExchange(ref _firstFailure, failure.Message, null);
    }

    /// <summary>From here on it counts.</summary>
    public void Start()
    {
        _latencies.Clear();
        _usage = ProcessUsage.Now();
        _started = Stopwatch.GetTimestamp();
        _measuring = true;
    }

    /// <summary>From here on it does not.</summary>
    public void Stop()
    {
        _measuring = false;
        _seconds = Stopwatch.GetElapsedTime(_started).TotalSeconds;
        _usage = ProcessUsage.Now() - _usage;
    }

    /// <summary>What was measured.</summary>
    public LoadResult ToResult()
    {
        var calls = _latencies.Count;
        var divisor = Math.Max(1, calls);
        return new LoadResult(calls, _seconds, _all, _failed)
        {
            P50 = _latencies.Microseconds(0.5),
            P99 = _latencies.Microseconds(0.99),
            CpuPerCall = _usage.CpuMicroseconds / divisor,
            BytesPerCall = (double)_usage.AllocatedBytes / divisor,
            FirstFailure = _firstFailure,
        };
    }
}
