namespace Rpc;

/// <summary>How a server serves one contract. Copied when the service is added; later changes have no effect.</summary>
public sealed record RpcServiceOptions
{
    /// <summary>The request queue, 1 to 255 bytes of UTF-8.</summary>
    /// <value>The default, <see langword="null"/>, is the contract's own queue.</value>
    public string? Queue { get; init; }

    /// <summary>How calls are written.</summary>
    /// <value>The default, <see langword="null"/>, is the contract's own choice.</value>
    public RpcWire? Wire { get; init; }

    /// <summary>What the server does about the queue.</summary>
    /// <value>
    /// The default, <see langword="null"/>, stands for <see cref="RpcTopology.Declare"/> on <see cref="RpcWire.Standard"/> and for
    /// <see cref="RpcTopology.DeclareIfMissing"/> on <see cref="RpcWire.Bare"/>.
    /// </value>
    public RpcTopology? Topology { get; init; }

    /// <summary>How many calls of this service run at once, 1 to 10,000.</summary>
    /// <value>
    /// The default is 64. The broker sends as many requests ahead (at most 1,000), so with 1 a slow call holds back none that another server could
    /// take.
    /// </value>
    public int MaxConcurrency { get; init; } = 64;

    /// <summary>
    /// How many calls of this service wait in the server while as many run as may, 0 to 1,000,000. One more is answered ResourceExhausted/Busy. Bare
    /// and one-way calls wait all the same: their callers could not be told.
    /// </summary>
    /// <value>The default is 4,096.</value>
    public int MaxQueued { get; init; } = 4096;

    /// <summary>What kind of queue the request queue is declared as. Fixed when it is first declared; Bare queues are always declared without.</summary>
    /// <value>The default is <see cref="RpcQueueType.Classic"/>.</value>
    public RpcQueueType QueueType { get; init; }

    /// <summary>
    /// How long the request queue stays when no server consumes it, a second to 30 days; then callers are told at once that there is no server. Fixed when
    /// it is first declared; Bare queues stay for good.
    /// </summary>
    /// <value>The default is 5 minutes.</value>
    public TimeSpan QueueExpiry { get; init; } = TimeSpan.FromMinutes(5);
}
