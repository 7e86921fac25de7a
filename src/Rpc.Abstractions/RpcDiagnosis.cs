namespace Rpc;

/// <summary>
/// What the client knew of broker and queue when a call's deadline passed: the queue as it was asked for when the call had waited half its time, and
/// the connection. For people and logs; by the time it is read it is history.
/// </summary>
public sealed record RpcDiagnosis
{
    /// <summary>How many requests waited in the queue; <see langword="null"/> if the broker was not asked or did not answer.</summary>
    public long? QueueDepth { get; init; }

    /// <summary>How many consumers the queue had, that is, servers; <see langword="null"/> if the broker was not asked or did not answer.</summary>
    public int? Consumers { get; init; }

    /// <summary>How old the two figures above were; <see langword="null"/> if there are none.</summary>
    public TimeSpan? QueueAge { get; init; }

    /// <summary>Whether there was a connection to the broker.</summary>
    public bool Connected { get; init; }

    /// <summary>Whether the broker had stopped reading, being short of memory or disk.</summary>
    public bool Blocked { get; init; }

    /// <summary>For how long <see cref="Connected"/> had been so.</summary>
    public TimeSpan ConnectionAge { get; init; }
}
