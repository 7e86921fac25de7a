using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Rpc.Transport.RabbitMq;

/// <summary>Where a client's replies come to, in its <see cref="RpcReplyMode"/>: what is asked for, and how it is consumed.</summary>
internal sealed class ReplyQueue(RpcClientOptions options)
{
    private readonly string _durable = NewName();

    /// <summary>Whether replies outlive the connection.</summary>
    public bool IsDurable => options.ReplyMode == RpcReplyMode.Durable;

    /// <summary>Whether the client can send something to its own address.</summary>
    public bool IsReachable => options.ReplyMode != RpcReplyMode.Direct;

    /// <summary>The address for the next connection.</summary>
    public string NextAddress() => options.ReplyMode switch
    {
        RpcReplyMode.Direct => Wire.DirectReplyTo,
        RpcReplyMode.Durable => _durable,
        _ => NewName(),
    };

    /// <summary>Whether a connection finds the queue of the one before.</summary>
    public async Task<bool> ExistsAsync(BrokerConnection connection, ILogger log) =>
        IsDurable && await QueueTopology.QueryAsync(connection, _durable, log).ConfigureAwait(false) is not null;

    /// <summary>Consumes the replies.</summary>
    /// <param name="channel">The channel, on which the requests are sent too.</param>
    /// <param name="address">Where they come to.</param>
    /// <param name="consumer">The consumer.</param>
    public Task ConsumeAsync(BrokerChannel channel, string address, IAsyncBasicConsumer consumer) => options.ReplyMode switch
    {
        RpcReplyMode.Direct => ConsumeDirectAsync(channel.Channel, consumer),
        RpcReplyMode.Durable => ConsumeDurableAsync(channel.Channel, address, consumer),
        _ => channel.ConsumeOwnQueueAsync(address, consumer),
    };

    /// <summary>Deletes a queue that would otherwise stay behind, where that is possible.</summary>
    public async Task DeleteAsync(BrokerConnection connection, ILogger log)
    {
        if (IsDurable)
        {
            await QueueTopology.DeleteAsync(connection, _durable, log).ConfigureAwait(false);
        }
    }

    // Replies that need no queue; messages are settled by being delivered.
    private static Task<string> ConsumeDirectAsync(IChannel channel, IAsyncBasicConsumer consumer) => channel.BasicConsumeAsync(
        Wire.DirectReplyTo, autoAck: true, "r", noLocal: false, exclusive: false, arguments: null, consumer, CancellationToken.None);

    // A queue that outlives this connection for a while; messages are settled one by one, so that none is lost that was under way to a connection that broke.
    private async Task ConsumeDurableAsync(IChannel channel, string queue, IAsyncBasicConsumer consumer)
    {
        // Durable, since RabbitMQ 4.3 closes the connection of whoever declares a transient queue that is not exclusive.
        var arguments = new Dictionary<string, object?> { ["x-queue-type"] = "classic", ["x-expires"] = (long)options.ReplyQueueExpiry.TotalMilliseconds };
        await channel.QueueDeclareAsync(
            queue, durable: true, exclusive: false, autoDelete: false, arguments, passive: false, noWait: false, CancellationToken.None).ConfigureAwait(false);

        // Not exclusive: the broker may still think that the connection which was lost consumes it.
        await channel.BasicQosAsync(0, prefetchCount: 1000, global: false, CancellationToken.None).ConfigureAwait(false);
        await channel.BasicConsumeAsync(
            queue, autoAck: false, "r", noLocal: false, exclusive: false, arguments: null, consumer, CancellationToken.None).ConfigureAwait(false);
    }

    private static string NewName() => Wire.ReplyQueuePrefix + RandomNumberGenerator.GetHexString(32, lowercase: true);
}
