namespace Rpc.Calls;

/// <summary>
/// A call's registration on a token that can cancel it. The token may fire while it is being registered, so the call can end before there is a
/// registration to close: the closing and the registering thread meet in one exchange, and whoever comes second unregisters. A field of its call,
/// never copied.
/// </summary>
internal struct TokenRegistration
{
    private const int None = 0;
    private const int Registered = 1;
    private const int Closed = 2;

    private CancellationTokenRegistration _registration;
    private int _state;

    /// <summary>Registers a call. Called once.</summary>
    /// <param name="call">The call it cancels.</param>
    /// <param name="token">The token.</param>
    public void Register(PendingCall call, CancellationToken token)
    {
        _registration = token.UnsafeRegister(static (cancelled, fired) => ((PendingCall)cancelled!).Cancel(fired), call);
        if (Interlocked.CompareExchange(ref _state, Registered, None) == Closed)
        {
            _registration.Unregister();
        }
    }

    /// <summary>Ends the registration, or the one to come.</summary>
    public void Close()
    {
        // Unregister does not wait for a callback that is running, as Dispose would: it may be the very one that runs this.
        if (Interlocked.Exchange(ref _state, Closed) == Registered)
        {
            _registration.Unregister();
        }
    }
}
