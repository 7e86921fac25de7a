using Rpc.Serialization;
using Rpc.Transport;

namespace Rpc.Calls;

/// <summary>
/// A call that its caller waits for. Reply, return, loss of the connection, deadline, cancellation and dispose race into <see cref="TryEnd"/>; the one
/// that wins completes it. Never pooled: a late callback must find the call it was made for, ended.
/// </summary>
internal abstract class PendingCall : DeadlineEntry
{
    private const int Waiting = 0;
    private const int Sent = 1;
    private const int Ended = 2;

    private const int NoRegistration = 0;
    private const int Registered = 1;
    private const int RegistrationClosed = 2;

    private readonly PendingCalls _owner;
    private CancellationTokenRegistration _registration;
    private int _registrationState;
    private int _state;

    protected PendingCall(PendingCalls owner, in CallSite site, TimeSpan timeout, PayloadWriter payload)
    {
        _owner = owner;
        Site = site;
        Timeout = timeout;
        Payload = payload;
        Number = owner.NextNumber();
    }

    /// <summary>Which call it is.</summary>
    public CallSite Site { get; }

    /// <summary>The duration that made the deadline, counted from <see cref="CallSite.Started"/>.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>The number in the correlation id.</summary>
    public long Number { get; }

    /// <summary>
    /// The encoded arguments. Owned by whoever takes the call out of its sender's list: the sender to send it, or the end of the call to drop it.
    /// </summary>
    public PayloadWriter Payload { get; }

    /// <summary>Whether the request is written <see cref="RpcWire.Bare"/>, with nothing in it but the argument.</summary>
    public required bool Bare { get; init; }

    /// <summary>The format of the arguments.</summary>
    public required string ContentType { get; init; }

    /// <summary>Where the call waits to be sent.</summary>
    public required RequestSender Sender { get; init; }

    /// <summary>The link the request was sent through.</summary>
    public IClientLink? Link { get; private set; }

    /// <summary>The neighbours in the sender's list; the sender's lock guards them.</summary>
    internal PendingCall? EarlierWaiting, LaterWaiting;

    /// <summary>Whether the call is in the sender's list; the sender's lock guards it.</summary>
    internal bool InSender;

    /// <summary>Whether the call is over.</summary>
    public bool HasEnded => Volatile.Read(ref _state) == Ended;

    /// <summary>Makes the message that asks for this call, with what is left of its deadline now.</summary>
    public RequestMessage ToRequest()
    {
        var left = Math.Max(1, (long)(Timeout - Site.Elapsed).TotalMilliseconds);

        // A one-way message outlives its caller's deadline: that covers the hand-over only.
        var unlimited = Site.Method.OneWay || left > Wire.MaxTimeToLiveMs;
        return new RequestMessage(Site.Queue, _owner.CorrelationId(Number), unlimited ? 0 : left, Payload.Written)
        {
            OneWay = Site.Method.OneWay,
            Type = Bare ? null : Site.Method.Type,
            ContentType = Bare ? null : ContentType,
            AppId = Bare ? null : Wire.AppId,
        };
    }

    /// <summary>Marks the request as sent, just before its bytes are handed over: from here on the call may have run.</summary>
    /// <param name="link">The link it goes through.</param>
    /// <returns><see langword="false"/> if the call has ended, so nothing must be sent.</returns>
    public bool TryMarkSent(IClientLink link)
    {
        Link = link; // before the state: whoever sees "sent" must see through which link
        return Interlocked.CompareExchange(ref _state, Sent, Waiting) == Waiting;
    }

    /// <summary>Takes <see cref="TryMarkSent"/> back, because the bytes provably were not taken.</summary>
    /// <returns><see langword="false"/> if the call has ended meanwhile.</returns>
    public bool TryMarkWaiting() => Interlocked.CompareExchange(ref _state, Waiting, Sent) == Sent;

    /// <summary>Whether the request was sent through this link, and the call has not ended.</summary>
    /// <param name="link">The link.</param>
    public bool IsSentThrough(IClientLink link) => Volatile.Read(ref _state) == Sent && ReferenceEquals(Link, link);

    /// <summary>Cancels the call when the caller's token fires. Called once, when the call is in the table.</summary>
    /// <param name="token">The caller's token.</param>
    public void CancelWith(CancellationToken token)
    {
        // The callback may run at once, or end the call on another thread before the field below is written. So the field's reader, the end, and its
        // writer meet in one exchange, and whoever comes second unregisters.
        _registration = token.UnsafeRegister(static (call, fired) => ((PendingCall)call!).Cancel(fired), this);
        if (Interlocked.CompareExchange(ref _registrationState, Registered, NoRegistration) == RegistrationClosed)
        {
            _registration.Unregister();
        }
    }

    /// <summary>Ends the call with a reply.</summary>
    /// <param name="reply">The reply; its body is read before this returns.</param>
    public void Complete(in ReplyMessage reply)
    {
        if (TryEnd(out _))
        {
            SetReply(reply);
        }
    }

    /// <summary>Ends a one-way call: the broker has it.</summary>
    public void Accept()
    {
        if (TryEnd(out _))
        {
            SetAccepted();
        }
    }

    /// <summary>Ends the call with what the client found out, if it has not ended.</summary>
    /// <param name="failure">Makes the exception; told the call and whether it was sent.</param>
    public void Fail(Func<PendingCall, bool, RpcException> failure)
    {
        if (TryEnd(out var sent))
        {
            SetException(failure(this, sent));
        }
    }

    /// <inheritdoc/>
    public sealed override void Expire() => Fail(static (call, sent) => CallFailures.DeadlinePassed(call.Site, call.Timeout, sent));

    /// <summary>Completes the caller's task with what the reply says.</summary>
    /// <param name="reply">The reply.</param>
    protected abstract void SetReply(in ReplyMessage reply);

    /// <summary>Completes the caller's task with nothing.</summary>
    protected abstract void SetAccepted();

    /// <summary>Completes the caller's task.</summary>
    /// <param name="exception">The failure.</param>
    protected abstract void SetException(RpcException exception);

    /// <summary>Completes the caller's task.</summary>
    /// <param name="token">The caller's token.</param>
    protected abstract void SetCanceled(CancellationToken token);

    private void Cancel(CancellationToken token)
    {
        if (TryEnd(out _))
        {
            SetCanceled(token);
        }
    }

    // The single end of every call. What belongs to the call goes with it, before the caller hears of it.
    private bool TryEnd(out bool sent)
    {
        var before = Interlocked.Exchange(ref _state, Ended);
        sent = before == Sent;
        if (before == Ended)
        {
            return false;
        }

        _owner.Remove(this);
        if (before == Waiting)
        {
            Sender.Drop(this);
        }

        // Unregister does not wait for a callback that is running, as Dispose would: it may be the very one that runs this.
        if (Interlocked.Exchange(ref _registrationState, RegistrationClosed) == Registered)
        {
            _registration.Unregister();
        }

        return true;
    }
}
