namespace Rpc.Transport;

/// <summary>What a server transport must know of a service's request queue.</summary>
/// <param name="Name">The queue.</param>
/// <param name="Topology">Whether it is declared, checked, or left alone.</param>
/// <param name="Prefetch">How many unacknowledged requests the broker sends ahead, at least 1.</param>
internal sealed record RequestQueue(string Name, RpcTopology Topology, ushort Prefetch)
{
    /// <summary>What kind of queue it is declared as.</summary>
    public RpcQueueType Type { get; init; }

    /// <summary>How long it stays when nobody consumes it: then callers learn at once that there is no server.</summary>
    public TimeSpan Expiry { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Whether foreign programs share the queue: then it is taken as it is where it exists, and declared plain and lasting where it does not.
    /// </summary>
    public bool Shared { get; init; }
}
