namespace Rpc.Server;

/// <content>
/// Workers start one after the other: at most one is about to start, and one that has taken a call and sees more waiting starts the next before it serves
/// its own. So a handler that blocks holds up nobody, and short calls, of which one worker can serve many in a row, do not cost a work item each. After as
/// many as had been waiting for it, a worker makes way for what waits for a thread: the replies to them are to go, and not to pile up for as long as calls come.
/// </content>
internal sealed partial class ReadyQueue : IThreadPoolWorkItem
{
    // As many calls as a worker serves in a row at least. Fewer cost turns of the thread pool, and make small batches of replies.
    private const int MinInARow = 32;

    // Whether the worker that is about to start is for a call that is alone.
    private bool _startsLone;

    // A worker has been started that has not looked for a call yet. It counts as none: what it will find may be taken by another before.
    private bool _isStarting;

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute() => _ = WorkAsync();

    // Asked whenever a call has come or has been taken. So while calls wait and may run, a worker is about to start.
    private bool MustStart()
    {
        if (_isStarting || _ready.Count == 0 || _running >= maxConcurrency)
        {
            return false;
        }

        _startsLone = _running == 0 && _ready.Count == 1;
        return _isStarting = true;
    }

    // Outside of the lock, which the worker needs first of all.
    private void Start(bool starts)
    {
        if (!starts)
        {
            return;
        }

        if (start is null)
        {
            // Without the transport loop's execution context: no request is another's parent by accident. And as a work item of its own: a handler that
            // blocks holds up nobody's deliveries. One for a call that is alone is the next thing that this thread does, unless another takes it first.
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: _startsLone);
        }
        else
        {
            start(this);
        }
    }

    private async Task WorkAsync()
    {
        ReceivedCall? served = null;
        var left = 0;
        while (TryTake(served, ref left, out var call, out var starts))
        {
            Start(starts);
            try
            {
                await serve(call).ConfigureAwait(false);
            }
            catch (Exception)
            {
                // Even the log has failed. The worker must live on: its death would take a place of the service with it.
            }

            served = call;
        }
    }

    // The end of one call and the start of the next are one step: in between, nobody is to see a place that is neither taken nor free.
    private bool TryTake(ReceivedCall? served, ref int left, out ReceivedCall call, out bool starts)
    {
        lock (_gate)
        {
            if (served is null)
            {
                _isStarting = false;
                left = Math.Max(MinInARow, _ready.Count);
            }
            else
            {
                _running--;
                _replying -= served.IsReplying ? 1 : 0;
            }

            // There is room: only a worker that starts adds to those that run, and it was started for a place that was free.
            if (left-- > 0 && _ready.TryDequeue(out call!))
            {
                _running++;
                _followers -= call.Follows ? 1 : 0;
                starts = MustStart();
                return true;
            }

            EndIfIdle();
            call = null!;
            starts = MustStart(); // where calls are left, by another worker
        }

        Start(starts);
        return false;
    }
}
