using Rpc.Calls;

namespace Rpc.Client;

/// <summary>
/// What bounds a call that goes through filters, whose code may wait for anything: its deadline, its caller's token, that of the call its caller serves, and
/// the client's end. The first of them to come ends the call for its caller, whatever the filters do.
/// </summary>
internal sealed class CallBounds : DeadlineEntry, IDisposable
{
    // The call itself ends at the deadline too, and what the filters make of that is worth waiting for a moment.
    private static readonly TimeSpan s_grace = TimeSpan.FromMilliseconds(100);

    private readonly CallRequest _request;
    private readonly PendingCalls _calls;
    private readonly CancellationTokenSource _source;

    public CallBounds(in CallRequest request, PendingCalls calls, CancellationToken stopping)
    {
        _request = request;
        _calls = calls;
        _source = CancellationTokenSource.CreateLinkedTokenSource(request.CallersToken, request.ServedCallsToken, stopping);
        calls.Watch(this, request.Timeout - request.Site.Elapsed + s_grace);
    }

    /// <summary>Fires when the first bound is reached. It stays readable after <see cref="Dispose"/>.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public override void Expire() => _ = _source.CancelAsync();

    /// <summary>What the caller is told when <see cref="Token"/> has fired.</summary>
    /// <param name="sent">Whether anything of the call was sent.</param>
    public Exception ToException(bool sent)
    {
        if (_request.CallersToken.IsCancellationRequested)
        {
            return new OperationCanceledException(_request.CallersToken);
        }

        if (_request.ServedCallsToken.IsCancellationRequested)
        {
            return new OperationCanceledException(_request.ServedCallsToken);
        }

        return _calls.IsDisposed
            ? CallFailures.Disposed(_request.Site, sent)
            : CallFailures.DeadlinePassed(_request.Site, _request.Timeout, sent, _calls.Diagnose(_request.Site.Queue));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The source itself is left to the collector: a filter that goes on may still look at its token.
        _calls.Unwatch(this);
    }
}
