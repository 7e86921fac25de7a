namespace Rpc.Server;

/// <summary>
/// Requests that are ready to run, served in order by up to a number of workers. A worker exists only while there is something to do. Thread-safe.
/// </summary>
/// <param name="maxConcurrency">How many requests are served at once.</param>
/// <param name="serve">Serves one request.</param>
internal sealed class ReadyQueue(int maxConcurrency, Func<ReadyRequest, Task> serve)
{
    private readonly Lock _gate = new();
    private readonly Queue<ReadyRequest> _ready = new();
    private TaskCompletionSource? _idle;
    private int _workers;

    /// <summary>Adds a request; it starts at once if fewer than the allowed number run.</summary>
    /// <param name="request">The request.</param>
    public void Add(ReadyRequest request)
    {
        lock (_gate)
        {
            _ready.Enqueue(request);
            if (_workers == maxConcurrency)
            {
                return;
            }

            _workers++;
        }

        // Without the transport loop's execution context: no request is another's parent by accident. And on a thread of its own: a handler that blocks
        // holds up nobody's deliveries.
        ThreadPool.UnsafeQueueUserWorkItem(static queue => _ = queue.WorkAsync(), this, preferLocal: false);
    }

    /// <summary>Completes when nothing is ready and nothing runs. Meant for when nothing is added any more.</summary>
    public Task WhenIdleAsync()
    {
        lock (_gate)
        {
            return _workers == 0 ? Task.CompletedTask : (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private async Task WorkAsync()
    {
        while (TryTake(out var request))
        {
            try
            {
                await serve(request).ConfigureAwait(false);
            }
            catch (Exception)
            {
                // Even the log has failed. The worker must live on: its death would take a place of the service with it.
            }
        }
    }

    private bool TryTake(out ReadyRequest request)
    {
        lock (_gate)
        {
            if (_ready.TryDequeue(out request))
            {
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
