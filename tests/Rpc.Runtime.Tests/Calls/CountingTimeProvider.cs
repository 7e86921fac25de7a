using Microsoft.Extensions.Time.Testing;

namespace Rpc.Runtime.Tests.Calls;

/// <summary>A clock in the test's hand, which knows how many of its timers run.</summary>
internal sealed class CountingTimeProvider : TimeProvider
{
    private readonly FakeTimeProvider _time = new();
    private int _running;
    private TimeSpan _skipped;

    /// <summary>How many timers are running now.</summary>
    public int RunningTimers => Volatile.Read(ref _running);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond; // as FakeTimeProvider has it

    public override long GetTimestamp() => _time.GetTimestamp() + _skipped.Ticks;

    public override DateTimeOffset GetUtcNow() => _time.GetUtcNow() + _skipped;

    public void Advance(TimeSpan by) => _time.Advance(by);

    /// <summary>Lets time pass in which no timer fires, as when the machine sleeps.</summary>
    public void Skip(TimeSpan by) => _skipped += by;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new CountedTimer(this, _time.CreateTimer(callback, state, dueTime, period), dueTime);

    private sealed class CountedTimer : ITimer
    {
        private readonly CountingTimeProvider _owner;
        private readonly ITimer _timer;
        private int _runs;

        public CountedTimer(CountingTimeProvider owner, ITimer timer, TimeSpan due)
        {
            _owner = owner;
            _timer = timer;
            Count(due);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Count(dueTime);
            return _timer.Change(dueTime, period);
        }

        public void Dispose()
        {
            Count(Timeout.InfiniteTimeSpan);
            _timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        private void Count(TimeSpan due)
        {
            var runs = due == Timeout.InfiniteTimeSpan ? 0 : 1;
            Interlocked.Add(ref _owner._running, runs - Interlocked.Exchange(ref _runs, runs));
        }
    }
}
