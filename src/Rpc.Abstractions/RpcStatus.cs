namespace Rpc;

/// <summary>How a call ended. Names and numbers are gRPC's, which people, dashboards and proxies already know.</summary>
public enum RpcStatus
{
    /// <summary>The call returned its result.</summary>
    Ok = 0,

    /// <summary>The call was cancelled where it ran.</summary>
    Cancelled = 1,

    /// <summary>The other side used a status that this version does not know.</summary>
    Unknown = 2,

    /// <summary>The arguments cannot be sent, cannot be read, or the service refuses them.</summary>
    InvalidArgument = 3,

    /// <summary>The deadline passed first.</summary>
    DeadlineExceeded = 4,

    /// <summary>The service found nothing under that key.</summary>
    NotFound = 5,

    /// <summary>The service has that already.</summary>
    AlreadyExists = 6,

    /// <summary>The caller is known, and may not do this.</summary>
    PermissionDenied = 7,

    /// <summary>A limit is reached: of calls in flight, of concurrency, of the service's own choosing.</summary>
    ResourceExhausted = 8,

    /// <summary>The service is not in a state to do this.</summary>
    FailedPrecondition = 9,

    /// <summary>The call was given up on the way, because of another call or of a lost server.</summary>
    Aborted = 10,

    /// <summary>The value lies past the valid range.</summary>
    OutOfRange = 11,

    /// <summary>The server has no such service or method.</summary>
    Unimplemented = 12,

    /// <summary>Something failed that the caller could not have done better: a handler's bug, an unreadable reply.</summary>
    Internal = 13,

    /// <summary>The service cannot be reached now; trying later may help.</summary>
    Unavailable = 14,

    /// <summary>Data is lost or broken beyond repair.</summary>
    DataLoss = 15,

    /// <summary>The caller is not known.</summary>
    Unauthenticated = 16,
}
