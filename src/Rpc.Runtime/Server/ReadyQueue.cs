namespace Rpc.Server;

/// <summary>
/// Calls that are ready to run, served in order by up to a number of workers. A worker exists only while there is something to do. Thread-safe.
/// </summary>
/// <param name="maxConcurrency">How many calls are served at once.</param>
/// <param name="maxQueued">How many wait at most.</param>
/// <param name="serve">Serves one call.</param>
/// <param name="start">Has a worker executed, and never on the caller's stack; by the thread pool, if nothing is given.</param>
/// <param name="pending">How much waits for a thread; of the thread pool, if nothing is given.</param>
internal sealed partial class ReadyQueue(
    int maxConcurrency, int maxQueued, Func<ReceivedCall, Task> serve, Action<IThreadPoolWorkItem>? start = null, Func<long>? pending = null)
{
    private readonly Func<long> _pending = pending ?? (static () => ThreadPool.PendingWorkItemCount);

    private readonly Lock _gate = new();
    private readonly Queue<ReceivedCall> _ready = new();
    private TaskCompletionSource? _idle;
    private int _running;
    private int _replying;
    private int _followers;

    /// <summary>How many calls wait.</summary>
    public int Count => Load.Waiting;

    /// <summary>Whether a single call is served, and none waits.</summary>
    public bool ServesOnlyOne => Load is (1, 0);

    /// <summary>How many calls are served now, and how many wait.</summary>
    public (int Running, int Waiting) Load
    {
        get
        {
            lock (_gate)
            {
                return (_running, _ready.Count);
            }
        }
    }

    /// <summary>Adds a call; it starts at once if fewer than the allowed number run.</summary>
    /// <param name="call">The call.</param>
    /// <param name="always">Whether it may wait however many do: there is nobody who could be told otherwise, and the broker's prefetch is the bound.</param>
    /// <returns><see langword="false"/> if too many wait already.</returns>
    public bool TryAdd(ReceivedCall call, bool always)
    {
        bool starts;
        lock (_gate)
        {
            if (!TryEnqueue(call, always))
            {
                return false;
            }

            starts = MustStart();
        }

        Start(starts);
        return true;
    }

    /// <summary>Adds the calls of a batch; those that are one-way may always wait.</summary>
    /// <param name="calls">The calls.</param>
    /// <returns>Those that are too many; <see langword="null"/> if none is.</returns>
    public List<ReceivedCall>? AddAll(ReadOnlySpan<ReceivedCall> calls)
    {
        List<ReceivedCall>? tooMany = null;
        bool starts;
        lock (_gate)
        {
            foreach (var call in calls)
            {
                if (!TryEnqueue(call, call.OneWay))
                {
                    (tooMany ??= []).Add(call);
                }
            }

            starts = MustStart();
        }

        Start(starts);
        return tooMany;
    }

    /// <summary>
    /// A call's handler is done. Its place is free as soon as its reply is sent, and the broker may deliver the next request before the worker has
    /// come back for it: so that one is not too many.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <returns>
    /// Whether no other reply is about to be ready: no call waits, and no other is served or, at least, goes on as soon as it has a thread.
    /// </returns>
    public bool Replying(ReceivedCall call)
    {
        lock (_gate)
        {
            call.IsReplying = true;
            _replying++;
            if (_running == 1 || _ready.Count > 0)
            {
                return _ready.Count == 0;
            }
        }

        return _pending() == 0;
    }

    /// <summary>Takes out the calls that wait and that a condition holds for, so that they are not served.</summary>
    /// <param name="condition">The condition.</param>
    public IReadOnlyList<ReceivedCall> TakeWaiting(Func<ReceivedCall, bool> condition)
    {
        lock (_gate)
        {
            var waiting = _ready.ToArray();
            _ready.Clear();
            _followers = 0;
            foreach (var call in waiting.Where(call => !condition(call)))
            {
                Enqueue(call);
            }

            return [.. waiting.Where(condition)];
        }
    }

    /// <summary>Completes when nothing is ready and nothing runs. Meant for when nothing is added any more.</summary>
    public Task WhenIdleAsync()
    {
        lock (_gate)
        {
            return IsIdle ? Task.CompletedTask : (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private bool IsIdle => _running == 0 && _ready.Count == 0;

    private bool TryEnqueue(ReceivedCall call, bool always)
    {
        // What only waits for its worker to start has a place: it does not count.
        call.Follows = call.Message is { Waits: true };
        var bound = maxQueued + _replying;
        if (_running + _ready.Count - maxConcurrency >= bound && _ready.Count - _followers >= bound && !always && !call.Follows)
        {
            return false;
        }

        Enqueue(call);
        return true;
    }

    // The calls of one batch count as one: how many of them a message carries is not the service's to decide, and each of them is short.
    private void Enqueue(ReceivedCall call)
    {
        _ready.Enqueue(call);
        _followers += call.Follows ? 1 : 0;
        call.Message?.Waits = true;
    }

    // By the last worker; where the calls it was started for have been taken out, by one that finds nothing.
    private void EndIfIdle()
    {
        if (IsIdle)
        {
            _idle?.TrySetResult();
            _idle = null;
        }
    }
}
