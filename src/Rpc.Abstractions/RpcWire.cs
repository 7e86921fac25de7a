namespace Rpc;

/// <summary>How a contract's calls are written on the wire. <c>docs/wire-format.md</c> specifies both to the byte.</summary>
public enum RpcWire
{
    /// <summary>
    /// Requests name service and method (the AMQP property <c>type</c>) and carry the arguments by name. This is what both sides use
    /// when both know this library.
    /// </summary>
    Standard,

    /// <summary>
    /// For queues shared with programs that know nothing of this library: the request's body is just the one argument, the reply's body
    /// just the result, and nothing but <c>reply_to</c> and <c>correlation_id</c> is needed. Such a contract has one method with at most
    /// one parameter besides its <see cref="CancellationToken"/>.
    /// </summary>
    Bare,
}
