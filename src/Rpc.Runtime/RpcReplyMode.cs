namespace Rpc;

/// <summary>Where the replies to a client's calls come to.</summary>
public enum RpcReplyMode
{
    /// <summary>
    /// An exclusive queue of a new name for each connection: the default. A lost connection ends all calls that were sent through it, at once.
    /// </summary>
    Exclusive,

    /// <summary>
    /// RabbitMQ's direct reply-to: no queue is declared, so the client needs no permission to configure. Servers on another cluster cannot reach it, and
    /// a server does not answer such a call through another connection than it came by.
    /// </summary>
    Direct,

    /// <summary>
    /// A durable queue that lives on while the client is away for a short time (<c>RpcClientOptions.ReplyQueueExpiry</c>): calls under way when the
    /// connection is lost wait on, and get their replies through the next one. A request or reply that the broken connection swallowed is
    /// told by the deadline only.
    /// </summary>
    Durable,
}
