namespace Rpc.Calls;

/// <summary>
/// One timer for many deadlines: entries hang in slots by the tick they are due at, so adding and removing cost a few assignments instead of a timer
/// each. An entry expires up to one tick late, never early. Thread-safe.
/// </summary>
/// <remarks>
/// 4,096 slots of 10 ms make a turn of 41 s, longer than the default timeout of 30 s: an entry is usually visited once. Longer ones stay in their slot
/// for another turn. The timer runs only while the wheel has entries.
/// </remarks>
internal sealed class DeadlineWheel : IDisposable
{
    private const int SlotCount = 4096;
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(10);

    private readonly Lock _gate = new();
    private readonly DeadlineEntry?[] _slots = new DeadlineEntry?[SlotCount];
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly ITimer _timer;
    private long _visited; // every tick up to this one has been looked at
    private int _count;
    private bool _running;
    private bool _turning;
    private bool _disposed;

    public DeadlineWheel(TimeProvider time)
    {
        _time = time;
        _start = time.GetTimestamp();
        using var withoutCaller = ExecutionContext.SuppressFlow(); // the timer would keep its execution context alive
        _timer = time.CreateTimer(static wheel => ((DeadlineWheel)wheel!).Turn(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many entries wait.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>Adds an entry that is in no wheel.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="due">In how much time it is due.</param>
    public void Add(DeadlineEntry entry, TimeSpan due) => Add(entry, due, _time.GetTimestamp());

    /// <inheritdoc cref="Add(DeadlineEntry, TimeSpan)"/>
    /// <param name="entry">The entry.</param>
    /// <param name="due">The time until it is due, counted from <paramref name="timestamp"/>.</param>
    /// <param name="timestamp">The time now, as a timestamp that its user has just read.</param>
    public void Add(DeadlineEntry entry, TimeSpan due, long timestamp)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            var now = _time.GetElapsedTime(_start, timestamp).Ticks;
            if (_count == 0)
            {
                _visited = Math.Max(_visited, (now / s_tick.Ticks) - 1); // nothing waited, so nothing before now needs a visit
            }

            // Rounded up, and past the tick that may be under way: never early.
            entry.DueTick = Math.Max(_visited + 1, (now + due.Ticks + s_tick.Ticks - 1) / s_tick.Ticks);
            ref var slot = ref _slots[entry.DueTick & (SlotCount - 1)];
            entry.LaterInSlot = slot;
            slot?.EarlierInSlot = entry;
            slot = entry;
            _count++;
            if (!_running)
            {
                _running = true;

                // On the wheel's own grid: counted from now, it would look at each tick up to a tick after its end.
                _timer.Change(s_tick - TimeSpan.FromTicks(now % s_tick.Ticks), s_tick);
            }
        }
    }

    /// <summary>Takes an entry out; nothing happens if it is not in any more.</summary>
    /// <param name="entry">The entry.</param>
    public void Remove(DeadlineEntry entry)
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                Unlink(entry);
            }
        }
    }

    /// <summary>Stops; entries that wait are forgotten, so their owner has ended them before.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            Array.Clear(_slots);
            _count = 0;
        }

        _timer.Dispose();
    }

    private long Elapsed() => _time.GetElapsedTime(_start).Ticks;

    private void Turn()
    {
        List<DeadlineEntry>? due;
        lock (_gate)
        {
            // A callback that took longer than a tick is still at it.
            if (_turning || _disposed)
            {
                return;
            }

            due = TakeDue(Elapsed() / s_tick.Ticks);
            if (_count == 0 && due is null)
            {
                _running = false;
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                return;
            }

            _turning = due is not null;
        }

        if (due is null)
        {
            return;
        }

        try
        {
            foreach (var entry in due)
            {
                entry.Expire();
            }
        }
        finally
        {
            lock (_gate)
            {
                _turning = false;
            }
        }
    }

    private List<DeadlineEntry>? TakeDue(long now)
    {
        List<DeadlineEntry>? due = null;

        // After a pause longer than a turn, one look at every slot covers all the ticks that were missed.
        for (var tick = Math.Max(_visited + 1, now - SlotCount + 1); tick <= now; tick++)
        {
            for (var entry = _slots[tick & (SlotCount - 1)]; entry is not null;)
            {
                var later = entry.LaterInSlot;
                if (entry.DueTick <= now)
                {
                    Unlink(entry);
                    (due ??= []).Add(entry);
                }

                entry = later;
            }
        }

        _visited = Math.Max(_visited, now);
        return due;
    }

    private void Unlink(DeadlineEntry entry)
    {
        if (entry.DueTick == 0)
        {
            return;
        }

        if (entry.EarlierInSlot is { } earlier)
        {
            earlier.LaterInSlot = entry.LaterInSlot;
        }
        else
        {
            _slots[entry.DueTick & (SlotCount - 1)] = entry.LaterInSlot;
        }

        entry.LaterInSlot?.EarlierInSlot = entry.EarlierInSlot;
        entry.EarlierInSlot = entry.LaterInSlot = null;
        entry.DueTick = 0;
        _count--;
    }
}
