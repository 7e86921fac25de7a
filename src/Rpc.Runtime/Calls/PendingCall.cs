using Rpc.Serialization;
using Rpc.Transport;

namespace Rpc.Calls;

/// <summary>
/// A call that its caller waits for. Reply, return, loss of the connection, deadline, cancellation and dispose race into <see cref="TryEnd"/>; the one
/// that wins completes it. Never pooled: a late callback must find the call it was made for, ended.
/// </summary>
internal abstract partial class PendingCall : DeadlineEntry
{
    private const int Waiting = 0;
    private const int Sent = 1;
    private const int Ended = 2;

    private readonly CallTarget _target;
    private readonly long _started;
    private CallExtras? _extras;
    private object? _way; // what it was sent by last: a link, or a batch, which knows its link
    private int _state;
    private readonly short _attempt = 1; // these two and the flags share eight bytes

    protected PendingCall(CallTarget target, long started, TimeSpan timeout, in SharedPayload payload)
    {
        _target = target;
        _started = started;
        Timeout = timeout;
        Payload = payload;
        Number = target.Calls.Ids.Next();
    }

    /// <summary>What it has in common with others.</summary>
    public CallTarget Target => _target;

    /// <summary>Which call it is.</summary>
    public CallSite Site => _target.At(_started);

    /// <summary>The duration that made the deadline, counted from <see cref="CallSite.Started"/>.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>What is left until the deadline.</summary>
    public TimeSpan Left => LeftAt(_target.Time.GetTimestamp());

    /// <summary>What was left until the deadline at some time.</summary>
    /// <param name="timestamp">The time, in the clock's timestamps.</param>
    public TimeSpan LeftAt(long timestamp) => Timeout - _target.Time.GetElapsedTime(_started, timestamp);

    /// <summary>The number in the correlation id.</summary>
    public long Number { get; }

    /// <summary>
    /// The encoded arguments. The sender has a share, which goes with its list: to the sender to send it, or to the end of the call to drop it. A call
    /// that may be made again has a share of its own until it ends.
    /// </summary>
    public SharedPayload Payload { get; }

    /// <summary>Whether the call waits for a connection.</summary>
    public bool WaitForReady { get; init; }

    /// <summary>Which attempt this is, from 1.</summary>
    public int Attempt
    {
        get => _attempt;
        init => _attempt = (short)value;
    }

    /// <summary>What only some calls have.</summary>
    public CallExtras? Extras
    {
        get => Volatile.Read(ref _extras);
        init => _extras = value;
    }

    /// <summary>The request's headers, if it has any.</summary>
    public IReadOnlyDictionary<string, string>? Headers => Extras?.Headers;

    /// <summary>The caller's token.</summary>
    public CancellationToken CallersToken => Extras?.CallersToken ?? CancellationToken.None;

    /// <summary>The token of the call that the caller serves; none outside of handlers.</summary>
    public CancellationToken ServedCallsToken => Extras?.ServedCallsToken ?? CancellationToken.None;

    /// <summary>Where the call waits to be sent.</summary>
    public RequestSender Sender => _target.Sender;

    /// <summary>The latest sign of life of the server that runs the call; <see langword="null"/> before there was one.</summary>
    public ServerSign? Server => Extras?.Server;

    /// <summary>The next one in its chain of the <see cref="CallMap"/>, whose lock guards it.</summary>
    internal PendingCall? NextInMap;

    /// <summary>The neighbours in the sender's list; the sender's lock guards them.</summary>
    internal PendingCall? EarlierWaiting, LaterWaiting;

    /// <summary>Whether the call is in the sender's list; the sender's lock guards it.</summary>
    internal bool InSender;

    /// <summary>Whether the call is over.</summary>
    public bool HasEnded => Volatile.Read(ref _state) == Ended;

    /// <summary>Cancels the call when one of its tokens fires. Called once, when the call is in the table.</summary>
    public void ListenToTokens()
    {
        if (Extras is not { } extras)
        {
            return;
        }

        if (extras.CallersToken.CanBeCanceled)
        {
            extras.Callers.Register(this, extras.CallersToken);
        }

        if (extras.ServedCallsToken.CanBeCanceled && extras.ServedCallsToken != extras.CallersToken)
        {
            extras.Served.Register(this, extras.ServedCallsToken);
        }
    }

    /// <summary>The server that runs the call has said that it still does.</summary>
    /// <param name="sign">The sign.</param>
    public void HeardOf(ServerSign sign)
    {
        if (Extras is null)
        {
            Interlocked.CompareExchange(ref _extras, new CallExtras(), null);
        }

        _extras!.Server = sign;
    }
}
