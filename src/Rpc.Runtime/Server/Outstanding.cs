namespace Rpc.Server;

/// <summary>Counts work that nobody awaits, so that a server can wait for it when it stops. Thread-safe.</summary>
internal sealed class Outstanding
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _idle;
    private int _count;

    /// <summary>Starts work.</summary>
    /// <param name="work">The work; it sees to its own failures.</param>
    public void Run(Func<Task> work)
    {
        Begin();
        _ = RunAsync(work);
    }

    /// <summary>Work has been started that somebody else sees to.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            _count++;
        }
    }

    /// <summary>It is done.</summary>
    public void End()
    {
        lock (_gate)
        {
            if (--_count == 0)
            {
                _idle?.TrySetResult();
                _idle = null;
            }
        }
    }

    /// <summary>Completes when nothing is under way. Meant for when nothing is started any more.</summary>
    public Task WhenIdleAsync()
    {
        lock (_gate)
        {
            return _count == 0 ? Task.CompletedTask : (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private async Task RunAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        finally
        {
            End();
        }
    }
}
