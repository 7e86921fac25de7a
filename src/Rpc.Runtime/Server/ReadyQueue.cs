namespace Rpc.Server;

/// <summary>
/// Calls that are ready to run, served in order by up to a number of workers. A worker exists only while there is something to do. Thread-safe.
/// </summary>
/// <param name="maxConcurrency">How many calls are served at once.</param>
/// <param name="maxQueued">How many wait at most.</param>
/// <param name="serve">Serves one call.</param>
internal sealed class ReadyQueue(int maxConcurrency, int maxQueued, Func<ReceivedCall, Task> serve)
{
    private readonly Lock _gate = new();
    private readonly Queue<ReceivedCall> _ready = new();
    private TaskCompletionSource? _idle;
    private int _workers;
    private int _replying;
    private int _followers;

    /// <summary>How many calls wait.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _ready.Count;
            }
        }
    }

    /// <summary>How many calls are served now, and how many wait.</summary>
    public (int Running, int Waiting) Load
    {
        get
        {
            lock (_gate)
            {
                return (_workers, _ready.Count);
            }
        }
    }

    /// <summary>Whether a single call is served, and none waits.</summary>
    public bool ServesOnlyOne
    {
        get
        {
            lock (_gate)
            {
                return _workers == 1 && _ready.Count == 0;
            }
        }
    }

    /// <summary>Adds a call; it starts at once if fewer than the allowed number run.</summary>
    /// <param name="call">The call.</param>
    /// <param name="always">Whether it may wait however many do: there is nobody who could be told otherwise, and the broker's prefetch is the bound.</param>
    /// <returns><see langword="false"/> if too many wait already.</returns>
    public bool TryAdd(ReceivedCall call, bool always)
    {
        lock (_gate)
        {
            call.Follows = call.Message is { Waits: true };
            if (_workers == maxConcurrency)
            {
                if (_ready.Count - _followers >= maxQueued + _replying && !always && !call.Follows)
                {
                    return false;
                }

                Enqueue(call);
                return true;
            }

            Enqueue(call);
            _workers++;
        }

        // Without the transport loop's execution context: no request is another's parent by accident. And on a thread of its own: a handler that blocks
        // holds up nobody's deliveries.
        ThreadPool.UnsafeQueueUserWorkItem(static queue => _ = queue.WorkAsync(), this, preferLocal: false);
        return true;
    }

    /// <summary>
    /// A call's handler is done. Its place is free as soon as its reply is sent, and the broker may deliver the next request before the worker has
    /// come back for it: so that one is not too many.
    /// </summary>
    /// <param name="call">The call.</param>
    public void Replying(ReceivedCall call)
    {
        lock (_gate)
        {
            call.IsReplying = true;
            _replying++;
        }
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
            return _workers == 0 ? Task.CompletedTask : (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    // The calls of one batch count as one: how many of them a message carries is not the service's to decide, and each of them is short.
    private void Enqueue(ReceivedCall call)
    {
        _ready.Enqueue(call);
        _followers += call.Follows ? 1 : 0;
        call.Message?.Waits = true;
    }

    private async Task WorkAsync()
    {
        while (TryTake(out var call))
        {
            try
            {
                await serve(call).ConfigureAwait(false);
            }
            catch (Exception)
            {
                // Even the log has failed. The worker must live on: its death would take a place of the service with it.
            }

            Done(call);
        }
    }

    private void Done(ReceivedCall call)
    {
        lock (_gate)
        {
            if (call.IsReplying)
            {
                _replying--;
            }
        }
    }

    private bool TryTake(out ReceivedCall call)
    {
        lock (_gate)
        {
            if (_ready.TryDequeue(out call!))
            {
                _followers -= call.Follows ? 1 : 0;
                return true;
            }

            if (--_workers == 0)
            {
                _idle?.TrySetResult();
                _idle = null;
            }

            return false;
        }
    }
}
