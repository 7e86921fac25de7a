namespace Rpc;

/// <summary>
/// Why a call ended as its <see cref="RpcStatus"/> says: one value for each cause that a caller or an operator can tell apart.
/// </summary>
public enum RpcReason
{
    /// <summary>No cause of the framework's: the service itself refused the call.</summary>
    None,

    /// <summary>The deadline passed before the request was sent.</summary>
    NotSent,

    /// <summary>The deadline passed after the request was sent, and no reply had come.</summary>
    NoReply,

    /// <summary>The deadline passed while the broker did not read, because it was short of memory or disk.</summary>
    Blocked,

    /// <summary>The server found it too late to start the call.</summary>
    Expired,

    /// <summary>The call was cancelled where it ran: by its caller, or because its server stopped without waiting any longer.</summary>
    Cancelled,

    /// <summary>No queue of that name exists: nobody serves this service.</summary>
    NoServer,

    /// <summary>There is no connection to the broker, and the call was told not to wait for one.</summary>
    NotConnected,

    /// <summary>The connection was lost after the request was sent.</summary>
    ConnectionLost,

    /// <summary>The server that ran the call has gone silent.</summary>
    ServerLost,

    /// <summary>The server held as many calls as it may.</summary>
    Busy,

    /// <summary>The client had as many calls under way as it may.</summary>
    TooManyInFlight,

    /// <summary>The broker refused the request or the connection, for instance for want of a permission.</summary>
    Refused,

    /// <summary>The broker said that it did not take a one-way message.</summary>
    Rejected,

    /// <summary>A lost server had the request before; it is not run again, since it may have run.</summary>
    Redelivered,

    /// <summary>The server is shutting down and did not start the call.</summary>
    Draining,

    /// <summary>The arguments cannot be serialized, or are over the size limit; nothing was sent.</summary>
    Arguments,

    /// <summary>The server cannot read the request.</summary>
    BadRequest,

    /// <summary>The server wants to know the caller's user, and the request does not say.</summary>
    NoUserId,

    /// <summary>The server cannot read a message that carries many calls. Clients then send them one by one, so that callers do not see this.</summary>
    Batch,

    /// <summary>The server does not have this service.</summary>
    UnknownService,

    /// <summary>The service does not have this method.</summary>
    UnknownMethod,

    /// <summary>The handler failed with an exception that says nothing to a caller; the server's log has it.</summary>
    Handler,

    /// <summary>The handler let the failure of a call of its own through.</summary>
    Upstream,

    /// <summary>The handler's result cannot be serialized, or is over the size limit.</summary>
    Result,

    /// <summary>The reply cannot be read.</summary>
    BadReply,

    /// <summary>The client was disposed while the call was under way.</summary>
    Disposed,

    /// <summary>The other side gave a reason that this version does not know.</summary>
    Other,
}
