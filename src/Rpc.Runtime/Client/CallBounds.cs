using Rpc.Calls;

namespace Rpc.Client;

/// <summary>
/// What bounds a call that goes through filters, whose code may wait for anything: its deadline, its caller's token, that of the call its caller serves, and
/// the client's end. The first of them to come ends the call for its caller, whatever the filters do. Thread-safe.
/// </summary>
internal sealed class CallBounds : DeadlineEntry, IDisposable
{
    // The call itself ends at the deadline too, and what the filters make of that is worth waiting for a moment.
    private static readonly TimeSpan s_grace = TimeSpan.FromMilliseconds(100);

    private readonly CallRequest _request;
    private readonly PendingCalls _calls;
    private readonly CancellationTokenSource _source = new();
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenRegistration _caller;
    private readonly CancellationTokenRegistration _served;
    private readonly CancellationTokenRegistration _stopping;
    private Func<bool, Exception>? _end;

    public CallBounds(in CallRequest request, PendingCalls calls, CancellationToken stopping)
    {
        _request = request;
        _calls = calls;
        Token = _source.Token;
        calls.Watch(this, request.Timeout - request.Site.Elapsed + s_grace);

        // Registrations of its own, and not a linked source: these are taken back when the call ends, however long the tokens live.
        _caller = request.CallersToken.UnsafeRegister(static bounds => ((CallBounds)bounds!).Reach(((CallBounds)bounds!).Cancelled), this);
        _served = request.ServedCallsToken.UnsafeRegister(static bounds => ((CallBounds)bounds!).Reach(((CallBounds)bounds!).ServedCallCancelled), this);
        _stopping = stopping.UnsafeRegister(static bounds => ((CallBounds)bounds!).Reach(((CallBounds)bounds!).Disposed), this);
    }

    /// <summary>Fires when the first bound is reached. It stays readable after <see cref="Dispose"/>.</summary>
    public CancellationToken Token { get; }

    /// <summary>Completes when the first bound is reached.</summary>
    public Task Reached => _reached.Task;

    /// <inheritdoc/>
    public override void Expire() => Reach(DeadlinePassed);

    /// <summary>What the caller is told; <see langword="null"/> if no bound has been reached.</summary>
    /// <param name="sent">Whether anything of the call was sent.</param>
    public Exception? ToException(bool sent) => Volatile.Read(ref _end)?.Invoke(sent);

    /// <inheritdoc/>
    public void Dispose()
    {
        _calls.Unwatch(this);
        _caller.Unregister();
        _served.Unregister();
        _stopping.Unregister();

        // The source has no timer and no wait handle, and a filter that goes on may still look at its token.
    }

    private void Reach(Func<bool, Exception> end)
    {
        if (Interlocked.CompareExchange(ref _end, end, null) is null)
        {
            _reached.TrySetResult();
            _ = _source.CancelAsync(); // what a filter has registered must not run on a timer's thread or in the caller's Cancel
        }
    }

    private OperationCanceledException Cancelled(bool sent) => new(_request.CallersToken);

    private OperationCanceledException ServedCallCancelled(bool sent) => new(_request.ServedCallsToken);

    private RpcException Disposed(bool sent) => CallFailures.Disposed(_request.Site, sent);

    private RpcException DeadlinePassed(bool sent) =>
        CallFailures.DeadlinePassed(_request.Site, _request.Timeout, sent, _calls.Diagnose(_request.Site.Queue));
}
