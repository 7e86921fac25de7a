using Rpc.Serialization;
using Rpc.Server;
using Rpc.Transport;
using Rpc.Transport.Memory;

namespace Rpc.Testing;

/// <summary>
/// What can be made to happen to a call on its way. The client gets what the broker or a server would send it in such a case, so retries, deadlines and
/// <see cref="RpcException.MayHaveRun"/> are what they are in production. What a service itself says is not among these: serve a stand-in that says it.
/// Immutable and safe to share.
/// </summary>
public sealed class RpcTestOutcome
{
    // More than any queue of a server takes.
    private const int Many = 4096;
    private const string Reason = "the test said so";

    private readonly string _name;
    private readonly bool _needsReply;
    private readonly bool _needsOneWay;

    private RpcTestOutcome(string name, MemoryFate fate, bool needsReply = false, bool needsOneWay = false)
    {
        (_name, Fate) = (name, fate);
        (_needsReply, _needsOneWay) = (needsReply, needsOneWay);
    }

    /// <summary>No queue of the service exists: Unavailable/NoServer, did not run.</summary>
    public static RpcTestOutcome NoServer { get; } = new(nameof(NoServer), new MemoryFate { IsReturned = true });

    /// <summary>The server holds as many calls as it may: ResourceExhausted/Busy, did not run. Not for one-way and Bare methods, which wait all the same.</summary>
    public static RpcTestOutcome Busy { get; } = new(nameof(Busy), new MemoryFate { IsDropped = true }, needsReply: true) { Fault = CallFaults.Busy(Many, 64) };

    /// <summary>The server is shutting down: Unavailable/Draining, did not run. Not for one-way and Bare methods, which wait for the next server.</summary>
    public static RpcTestOutcome Draining { get; } = new(nameof(Draining), new MemoryFate { IsDropped = true }, needsReply: true) { Fault = CallFaults.Draining() };

    /// <summary>
    /// The client's connection is lost once the request is sent: Unavailable/ConnectionLost at once, may have run. The service, if there is one, does run it. All other
    /// calls that the client has sent are lost with the connection; the next one opens at once.
    /// </summary>
    public static RpcTestOutcome ConnectionLost { get; } = new(nameof(ConnectionLost), new MemoryFate { Loss = new Loss(Reason) });

    /// <summary>
    /// The broker refuses the request, for instance for want of a permission, and closes the client's channel: Unavailable/Refused, may have run; no service runs it.
    /// Other calls that the client has sent end in the same way.
    /// </summary>
    public static RpcTestOutcome Refused { get; } = new(nameof(Refused), new MemoryFate { IsDropped = true, Loss = new Loss(Reason, Refused: true) });

    /// <summary>The broker says that it does not take the message: Unavailable/Rejected, did not run. For one-way methods only.</summary>
    public static RpcTestOutcome Rejected { get; } = new(nameof(Rejected), new MemoryFate { IsRejected = true }, needsOneWay: true);

    /// <summary>
    /// A server says that it runs the call, and then goes silent: Unavailable/ServerLost, may have run, some seven seconds later by the client's clock. No service runs it.
    /// Not for one-way and Bare methods, of whose servers nobody hears.
    /// </summary>
    public static RpcTestOutcome ServerLost { get; } = new(nameof(ServerLost), new MemoryFate { IsDropped = true }, needsReply: true) { IsAnnounced = true };

    /// <summary>
    /// The request comes to the service as one that a lost server had before. Of our own callers that is Aborted/Redelivered, may have run, and the service does not
    /// run it; a one-way or Bare method that is Idempotent is run. Nothing but a server decides that, so there must be one.
    /// </summary>
    public static RpcTestOutcome Redelivered { get; } = new(nameof(Redelivered), new MemoryFate { IsRedelivered = true });

    /// <summary>
    /// The service runs the call, and its reply gets lost: DeadlineExceeded/NoReply when the deadline has passed, may have run. Where the service ran for so long that the
    /// client was told of it (300 ms), Unavailable/ServerLost comes first if there is time for it. Not for one-way methods, which have no reply.
    /// </summary>
    public static RpcTestOutcome ReplyLost { get; } = new(nameof(ReplyLost), new MemoryFate(), needsReply: true) { LosesReply = true, WorksOnBare = true };

    /// <summary>
    /// Nothing comes back and no service runs the call, which is all that a caller sees of a handler that hangs: DeadlineExceeded/NoReply when the deadline has passed, may
    /// have run. Not for one-way methods, which have no reply.
    /// </summary>
    public static RpcTestOutcome Hang { get; } = new(nameof(Hang), new MemoryFate { IsDropped = true }, needsReply: true) { WorksOnBare = true };

    internal MemoryFate Fate { get; }

    /// <summary>What the server would answer.</summary>
    internal Fault? Fault { get; private init; }

    /// <summary>Whether the client hears once that its call runs.</summary>
    internal bool IsAnnounced { get; private init; }

    internal bool LosesReply { get; private init; }

    private bool WorksOnBare { get; init; }

    /// <summary>The request takes some time on its way to the service. Its deadline goes on meanwhile.</summary>
    /// <param name="time">How long, by the client's <see cref="RpcOptions.TimeProvider"/>: positive, at most 24 days.</param>
    /// <returns>The outcome.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is out of its range.</exception>
    public static RpcTestOutcome Delay(TimeSpan time) => time > TimeSpan.Zero && time <= TimeSpan.FromDays(24)
        ? new($"{nameof(Delay)}({time})", new MemoryFate { Delay = time })
        : throw new ArgumentOutOfRangeException(nameof(time), time, "A delay must be positive and at most 24 days.");

    /// <inheritdoc/>
    public override string ToString() => _name;

    /// <summary>Throws if this cannot happen to calls of a method.</summary>
    internal void Require(RpcMethod method)
    {
        if (_needsOneWay && !method.OneWay)
        {
            throw new ArgumentException($"{_name} cannot happen to {method.Type}: it is for one-way methods only.");
        }

        if (_needsReply && (method.OneWay || (method.Wire == RpcWire.Bare && !WorksOnBare)))
        {
            throw new ArgumentException($"{_name} cannot happen to {method.Type}: it is a {(method.OneWay ? "one-way" : "Bare")} method.");
        }
    }
}
