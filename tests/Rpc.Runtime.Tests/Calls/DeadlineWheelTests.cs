namespace Rpc.Runtime.Tests.Calls;

/// <summary>The wheel in a clock of its own, advanced a millisecond at a time.</summary>
public sealed class DeadlineWheelTests : IDisposable
{
    private static readonly TimeSpan s_step = WheelBench.Step;
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_turn = 4096 * s_tick;

    private readonly WheelBench _bench = new();

    public void Dispose() => _bench.Wheel.Dispose();

    [Fact]
    public void Thousands_of_random_deadlines_ExpireOnceInOrderNeverEarlyAndWithinATick()
    {
        var random = new Random(1);
        var expired = new List<WheelEntry>();
        var entries = Enumerable.Range(0, 5_000).Select(_ => new WheelEntry(_bench, expired.Add)).ToList();
        foreach (var entry in entries)
        {
            // Up to 100 s, more than two turns of the wheel; and a third of them close together, so that slots are shared.
            entry.Add(TimeSpan.FromTicks(random.NextInt64(1, random.Next(3) == 0 ? TimeSpan.FromSeconds(1).Ticks : TimeSpan.FromSeconds(100).Ticks)));
        }

        _bench.Advance(TimeSpan.FromSeconds(100) + s_tick);

        Assert.Equal(entries.Count, expired.Count);
        Assert.All(entries, static entry => Assert.Equal(1, entry.Expirations));
        Assert.All(entries, static entry => Assert.InRange(entry.Lateness, TimeSpan.Zero, s_tick + s_step));
        Assert.All(expired.Zip(expired.Skip(1)), static pair => Assert.True(pair.First.Due < pair.Second.Due + s_tick, "more than a tick out of order"));
        Assert.Equal(0, _bench.Wheel.Count);
    }

    [Fact]
    public void Deadline_set_between_two_ticks_ExpiresWithinATick()
    {
        _bench.Advance(TimeSpan.FromMilliseconds(9));
        var entry = new WheelEntry(_bench);
        entry.Add(TimeSpan.FromMilliseconds(2));

        _bench.Advance(TimeSpan.FromMilliseconds(50));

        Assert.Equal(1, entry.Expirations);
        Assert.InRange(entry.Lateness, TimeSpan.Zero, s_tick + s_step);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5_000)]
    public void Deadline_that_is_past_ExpiresAtTheNextTick(int dueMs)
    {
        var entry = new WheelEntry(_bench);
        entry.Add(TimeSpan.FromMilliseconds(dueMs));
        Assert.Equal(0, entry.Expirations); // never on the thread that adds

        _bench.Advance(2 * s_tick);

        Assert.Equal(1, entry.Expirations);
    }

    [Fact]
    public void Deadline_of_one_turn_and_of_24_days_WaitForTheirOwnTurn()
    {
        var turn = new WheelEntry(_bench);
        var days = new WheelEntry(_bench);
        turn.Add(s_turn);
        days.Add(TimeSpan.FromDays(24));

        _bench.Advance(s_turn - s_step);
        Assert.Equal((0, 0), (turn.Expirations, days.Expirations));
        _bench.Advance(s_tick + s_step);
        Assert.Equal((1, 0), (turn.Expirations, days.Expirations));

        _bench.Time.Skip(TimeSpan.FromDays(24) - s_turn - (3 * s_tick));
        _bench.Advance(s_tick);
        Assert.Equal(0, days.Expirations);
        _bench.Advance(4 * s_tick);
        Assert.Equal(1, days.Expirations);
    }

    [Fact]
    public void Pause_of_many_turns_ExpiresEverythingThatIsDueAndNothingElse()
    {
        var due = Enumerable.Range(1, 500).Select(_ => new WheelEntry(_bench)).ToList();
        foreach (var (entry, i) in due.Select(static (entry, i) => (entry, i)))
        {
            entry.Add(TimeSpan.FromMilliseconds(500 * i));
        }

        var later = new WheelEntry(_bench);
        later.Add(TimeSpan.FromHours(2));

        _bench.Time.Skip(TimeSpan.FromHours(1));
        _bench.Advance(s_tick);

        Assert.All(due, static entry => Assert.Equal(1, entry.Expirations));
        Assert.Equal(0, later.Expirations);
        Assert.Equal(1, _bench.Wheel.Count);
    }

    [Fact]
    public void Removed_entries_NeverExpireAndTheOthersDo()
    {
        var entries = Enumerable.Range(0, 300).Select(_ => new WheelEntry(_bench)).ToList();
        entries.ForEach(static entry => entry.Add(TimeSpan.FromMilliseconds(55))); // all in one slot
        foreach (var entry in entries.Where(static (_, i) => i % 3 != 1))
        {
            _bench.Wheel.Remove(entry);
            _bench.Wheel.Remove(entry); // a second time does nothing
        }

        Assert.Equal(100, _bench.Wheel.Count);
        _bench.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Equal(entries.Select(static (_, i) => i % 3 == 1 ? 1 : 0), entries.Select(static entry => entry.Expirations));
        Assert.Equal(0, _bench.Wheel.Count);
    }

    [Fact]
    public void Expiring_entry_CanRemoveAndAddOthersAndItself()
    {
        var neighbour = new WheelEntry(_bench);
        var next = new WheelEntry(_bench);
        var first = new WheelEntry(_bench, entry =>
        {
            _bench.Wheel.Remove(neighbour); // due in the same turn: it may be on its way already, and must not harm the lists
            next.Add(s_tick);
            if (entry.Expirations == 1)
            {
                entry.Add(s_tick);
            }
        });
        first.Add(s_tick);
        neighbour.Add(s_tick);

        _bench.Advance(10 * s_tick);

        Assert.Equal(2, first.Expirations);
        Assert.InRange(neighbour.Expirations, 0, 1);
        Assert.Equal(2, next.Expirations);
        Assert.Equal(0, _bench.Wheel.Count);
    }

    [Fact]
    public void Timer_RunsOnlyWhileSomethingWaits()
    {
        Assert.Equal(0, _bench.Time.RunningTimers);
        var entry = new WheelEntry(_bench);
        entry.Add(TimeSpan.FromMilliseconds(25));
        Assert.Equal(1, _bench.Time.RunningTimers);
        _bench.Advance(TimeSpan.FromMilliseconds(60));
        Assert.Equal((1, 0), (entry.Expirations, _bench.Time.RunningTimers));

        entry.Add(TimeSpan.FromSeconds(30));
        Assert.Equal(1, _bench.Time.RunningTimers);
        _bench.Wheel.Remove(entry);
        _bench.Advance(2 * s_tick);
        Assert.Equal(0, _bench.Time.RunningTimers);

        entry.Add(TimeSpan.FromMilliseconds(25)); // after a rest the wheel still counts from now
        _bench.Advance(TimeSpan.FromMilliseconds(24));
        Assert.Equal(1, entry.Expirations);
        _bench.Advance(2 * s_tick);
        Assert.Equal(2, entry.Expirations);
    }

    [Fact]
    public void Disposed_wheel_ExpiresNothingTakesNothingAndCountsNothing()
    {
        var before = new WheelEntry(_bench);
        var after = new WheelEntry(_bench);
        before.Add(s_tick);
        _bench.Wheel.Dispose();
        after.Add(s_tick);
        _bench.Advance(5 * s_tick);

        _bench.Wheel.Remove(before); // its owner ends it a moment later
        _bench.Wheel.Remove(after);

        Assert.Equal((0, 0), (before.Expirations, after.Expirations));
        Assert.Equal(0, _bench.Time.RunningTimers);
        Assert.Equal(0, _bench.Wheel.Count);
    }
}
