using Rpc.Calls;

namespace Rpc.Server;

/// <summary>A handler's token: it fires at the call's deadline, or when the server stops without waiting any longer.</summary>
internal sealed class CallToken : DeadlineEntry, IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly DeadlineWheel _deadlines;
    private readonly CancellationTokenRegistration _stopping;
    private volatile int _firedFor = -1;

    public CallToken(DeadlineWheel deadlines, TimeSpan? left, CancellationToken stopping)
    {
        _deadlines = deadlines;
        Token = _source.Token;
        if (left is { } due)
        {
            deadlines.Add(this, due);
        }

        _stopping = stopping.UnsafeRegister(static token => ((CallToken)token!).Fire(RpcStatus.Cancelled), this);
    }

    /// <summary>The token. It stays readable after <see cref="Dispose"/>, as a handler may keep it.</summary>
    public CancellationToken Token { get; }

    /// <summary>Why it fired; <see langword="null"/> while it has not.</summary>
    public RpcStatus? FiredFor => _firedFor < 0 ? null : (RpcStatus)_firedFor;

    /// <inheritdoc/>
    public override void Expire() => Fire(RpcStatus.DeadlineExceeded);

    /// <inheritdoc/>
    public void Dispose()
    {
        _deadlines.Remove(this);
        _stopping.Unregister();

        // The source has no timer and no wait handle, so there is nothing to dispose, and a firing that is under way on another thread stays harmless.
    }

    /// <summary>Fires the token, once.</summary>
    /// <param name="status">What the call ends as, if its handler stops for it.</param>
    public void Fire(RpcStatus status)
    {
        if (Interlocked.CompareExchange(ref _firedFor, (int)status, -1) < 0)
        {
            // Asynchronously: what a handler registered on its token must not run on the timer's thread, where it would hold up every other deadline.
            _ = _source.CancelAsync();
        }
    }
}
