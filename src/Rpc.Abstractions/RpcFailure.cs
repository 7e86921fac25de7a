namespace Rpc;

/// <summary>
/// How one call failed, as data: what an <see cref="RpcException"/> that a proxy throws is made from. Useful on its own in tests that stand
/// in for a proxy. Immutable and safe to share.
/// </summary>
public sealed record RpcFailure
{
    /// <summary>How the call ended; never <see cref="RpcStatus.Ok"/>.</summary>
    public required RpcStatus Status { get; init; }

    /// <summary>Why it ended so.</summary>
    public RpcReason Reason { get; init; }

    /// <summary>The text of the exception.</summary>
    public required string Message { get; init; }

    /// <summary>Whether the service's method may have been entered. <see langword="false"/> is a promise: it was not.</summary>
    public bool MayHaveRun { get; init; }

    /// <summary>The service's wire name.</summary>
    public string? Service { get; init; }

    /// <summary>The method's wire name.</summary>
    public string? Method { get; init; }

    /// <summary>The request queue.</summary>
    public string? Queue { get; init; }

    /// <summary>The time from entering the proxy's method to this end.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>What the service said beyond its message, still encoded.</summary>
    public RpcDetail? Detail { get; init; }

    /// <summary>What the client knew of broker and queue when a deadline passed; <see langword="null"/> on every other failure.</summary>
    public RpcDiagnosis? Diagnosis { get; init; }
}
