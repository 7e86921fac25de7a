namespace Rpc.TestKit.Faults;

/// <summary>How bytes go one way through a proxy, for all of its connections. Thread-safe.</summary>
internal sealed class Flow
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _stalled;
    private int _bytesPerSecond;

    /// <summary>The most that goes through in a second; 0 for no limit.</summary>
    public int BytesPerSecond
    {
        get => Volatile.Read(ref _bytesPerSecond);
        set => Volatile.Write(ref _bytesPerSecond, value);
    }

    /// <summary>Lets nothing through any more.</summary>
    public void Stall()
    {
        lock (_gate)
        {
            _stalled ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Lets everything through, at full speed.</summary>
    public void Resume()
    {
        TaskCompletionSource? stalled;
        lock (_gate)
        {
            (stalled, _stalled) = (_stalled, null);
            BytesPerSecond = 0;
        }

        stalled?.SetResult();
    }

    /// <summary>Waits until bytes may go through.</summary>
    /// <param name="ended">Completes when the connection that waits has ended.</param>
    /// <exception cref="OperationCanceledException">It has.</exception>
    public async Task OpenAsync(Task ended)
    {
        while (Stalled() is { } stalled)
        {
            if (await Task.WhenAny(stalled, ended) == ended)
            {
                throw new OperationCanceledException();
            }
        }
    }

    private Task? Stalled()
    {
        lock (_gate)
        {
            return _stalled?.Task;
        }
    }
}
