using Rpc.Calls;

namespace Rpc.Runtime.Tests.Calls;

/// <summary>The wheel in a clock of its own, advanced a millisecond at a time.</summary>
public sealed class DeadlineWheelTests : IDisposable
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_turn = 4096 * s_tick;

    private readonly CountingTimeProvider _time = new();
    private readonly DeadlineWheel _wheel;
    private readonly long _start;

    public DeadlineWheelTests()
    {
        _start = _time.GetTimestamp();
        _wheel = new DeadlineWheel(_time);
    }

    public void Dispose() => _wheel.Dispose();

    [Fact]
    public void Thousands_of_random_deadlines_ExpireOnceInOrderNeverEarlyAndWithinATick()
    {
        var random = new Random(1);
        var expired = new List<Entry>();
        var entries = Enumerable.Range(0, 5_000).Select(_ => new Entry(this, expired.Add)).ToList();
        foreach (var entry in entries)
        {
            // Up to 100 s, more than two turns of the wheel; and a third of them close together, so that slots are shared.
            entry.Add(TimeSpan.FromTicks(random.NextInt64(1, random.Next(3) == 0 ? TimeSpan.FromSeconds(1).Ticks : TimeSpan.FromSeconds(100).Ticks)));
        }

        AdvanceBy(TimeSpan.FromSeconds(100) + s_tick);

        Assert.Equal(entries.Count, expired.Count);
        Assert.All(entries, static entry => Assert.Equal(1, entry.Expirations));
        Assert.All(entries, static entry => Assert.InRange(entry.Lateness, TimeSpan.Zero, s_tick + s_step));
        Assert.All(expired.Zip(expired.Skip(1)), static pair => Assert.True(pair.First.Due < pair.Second.Due + s_tick, "more than a tick out of order"));
        Assert.Equal(0, _wheel.Count);
    }

    [Fact]
    public void Deadline_set_between_two_ticks_ExpiresWithinATick()
    {
        AdvanceBy(TimeSpan.FromMilliseconds(9));
        var entry = new Entry(this);
        entry.Add(TimeSpan.FromMilliseconds(2));

        AdvanceBy(TimeSpan.FromMilliseconds(50));

        Assert.Equal(1, entry.Expirations);
        Assert.InRange(entry.Lateness, TimeSpan.Zero, s_tick + s_step);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5_000)]
    public void Deadline_that_is_past_ExpiresAtTheNextTick(int dueMs)
    {
        var entry = new Entry(this);
        entry.Add(TimeSpan.FromMilliseconds(dueMs));
        Assert.Equal(0, entry.Expirations); // never on the thread that adds

        AdvanceBy(2 * s_tick);

        Assert.Equal(1, entry.Expirations);
    }

    [Fact]
    public void Deadline_of_one_turn_and_of_24_days_WaitForTheirOwnTurn()
    {
        var turn = new Entry(this);
        var days = new Entry(this);
        turn.Add(s_turn);
        days.Add(TimeSpan.FromDays(24));

        AdvanceBy(s_turn - s_step);
        Assert.Equal((0, 0), (turn.Expirations, days.Expirations));
        AdvanceBy(s_tick + s_step);
        Assert.Equal((1, 0), (turn.Expirations, days.Expirations));

        _time.Skip(TimeSpan.FromDays(24) - s_turn - (3 * s_tick));
        AdvanceBy(s_tick);
        Assert.Equal(0, days.Expirations);
        AdvanceBy(4 * s_tick);
        Assert.Equal(1, days.Expirations);
    }

    [Fact]
    public void Pause_of_many_turns_ExpiresEverythingThatIsDueAndNothingElse()
    {
        var due = Enumerable.Range(1, 500).Select(_ => new Entry(this)).ToList();
        foreach (var (entry, i) in due.Select(static (entry, i) => (entry, i)))
        {
            entry.Add(TimeSpan.FromMilliseconds(500 * i));
        }

        var later = new Entry(this);
        later.Add(TimeSpan.FromHours(2));

        _time.Skip(TimeSpan.FromHours(1));
        AdvanceBy(s_tick);

        Assert.All(due, static entry => Assert.Equal(1, entry.Expirations));
        Assert.Equal(0, later.Expirations);
        Assert.Equal(1, _wheel.Count);
    }

    [Fact]
    public void Removed_entries_NeverExpireAndTheOthersDo()
    {
        var entries = Enumerable.Range(0, 300).Select(_ => new Entry(this)).ToList();
        entries.ForEach(static entry => entry.Add(TimeSpan.FromMilliseconds(55))); // all in one slot
        foreach (var entry in entries.Where(static (_, i) => i % 3 != 1))
        {
            _wheel.Remove(entry);
            _wheel.Remove(entry); // a second time does nothing
        }

        Assert.Equal(100, _wheel.Count);
        AdvanceBy(TimeSpan.FromMilliseconds(100));

        Assert.Equal(entries.Select(static (_, i) => i % 3 == 1 ? 1 : 0), entries.Select(static entry => entry.Expirations));
        Assert.Equal(0, _wheel.Count);
    }

    [Fact]
    public void Expiring_entry_CanRemoveAndAddOthersAndItself()
    {
        var neighbour = new Entry(this);
        var next = new Entry(this);
        var first = new Entry(this, entry =>
        {
            _wheel.Remove(neighbour); // due in the same turn: it may be on its way already, and must not harm the lists
            next.Add(s_tick);
            if (entry.Expirations == 1)
            {
                entry.Add(s_tick);
            }
        });
        first.Add(s_tick);
        neighbour.Add(s_tick);

        AdvanceBy(10 * s_tick);

        Assert.Equal(2, first.Expirations);
        Assert.InRange(neighbour.Expirations, 0, 1);
        Assert.Equal(2, next.Expirations);
        Assert.Equal(0, _wheel.Count);
    }

    [Fact]
    public void Timer_RunsOnlyWhileSomethingWaits()
    {
        Assert.Equal(0, _time.RunningTimers);
        var entry = new Entry(this);
        entry.Add(TimeSpan.FromMilliseconds(25));
        Assert.Equal(1, _time.RunningTimers);
        AdvanceBy(TimeSpan.FromMilliseconds(60));
        Assert.Equal((1, 0), (entry.Expirations, _time.RunningTimers));

        entry.Add(TimeSpan.FromSeconds(30));
        Assert.Equal(1, _time.RunningTimers);
        _wheel.Remove(entry);
        AdvanceBy(2 * s_tick);
        Assert.Equal(0, _time.RunningTimers);

        entry.Add(TimeSpan.FromMilliseconds(25)); // after a rest the wheel still counts from now
        AdvanceBy(TimeSpan.FromMilliseconds(24));
        Assert.Equal(1, entry.Expirations);
        AdvanceBy(2 * s_tick);
        Assert.Equal(2, entry.Expirations);
    }

    [Fact]
    public void Disposed_wheel_ExpiresNothingTakesNothingAndCountsNothing()
    {
        var before = new Entry(this);
        var after = new Entry(this);
        before.Add(s_tick);
        _wheel.Dispose();
        after.Add(s_tick);
        AdvanceBy(5 * s_tick);

        _wheel.Remove(before); // its owner ends it a moment later
        _wheel.Remove(after);

        Assert.Equal((0, 0), (before.Expirations, after.Expirations));
        Assert.Equal(0, _time.RunningTimers);
        Assert.Equal(0, _wheel.Count);
    }

    private void AdvanceBy(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += s_step)
        {
            _time.Advance(s_step);
        }
    }

    private sealed class Entry(DeadlineWheelTests test, Action<Entry>? expired = null) : DeadlineEntry
    {
        public TimeSpan Due { get; private set; }

        public TimeSpan Lateness { get; private set; }

        public int Expirations { get; private set; }

        public void Add(TimeSpan due)
        {
            Due = test._time.GetElapsedTime(test._start) + due;
            test._wheel.Add(this, due);
        }

        public override void Expire()
        {
            Expirations++;
            Lateness = test._time.GetElapsedTime(test._start) - Due;
            expired?.Invoke(this);
        }
    }
}
