namespace Rpc.TestKit.Conformance;

/// <summary>
/// The system's clock, which can be told to hold its next reader. A server reads the time of day for each request of our own callers that comes, before it queues it, and otherwise never: so a test
/// that holds it knows that a request has come and has not started.
/// </summary>
public sealed class HoldingTimeProvider : TimeProvider, IDisposable
{
    private readonly ManualResetEventSlim _release = new();
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _armed;

    /// <summary>Completes when a reader is held.</summary>
    public Task Held => _held.Task;

    /// <summary>Holds the next reader.</summary>
    public void HoldNext() => Volatile.Write(ref _armed, 1);

    /// <summary>Lets it go on.</summary>
    public void Release() => _release.Set();

    public override DateTimeOffset GetUtcNow()
    {
        if (Interlocked.Exchange(ref _armed, 0) == 1)
        {
            _held.TrySetResult();
            _release.Wait(Eventually.Deadline);
        }

        return base.GetUtcNow();
    }

    public void Dispose() => _release.Dispose();
}
