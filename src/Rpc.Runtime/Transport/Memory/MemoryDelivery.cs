namespace Rpc.Transport.Memory;

/// <summary>A request that the embedded broker delivered.</summary>
internal sealed class MemoryDelivery(MemoryBroker broker, MemoryConsumer consumer, MemoryMessage message) : IDelivery
{
    /// <inheritdoc/>
    public bool IsLive => true;

    /// <inheritdoc/>
    public RequestProperties Properties => message.Properties;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Body => message.Body;

    /// <inheritdoc/>
    public ValueTask<bool> TryReplyAsync(ReplyMessage reply)
    {
        if (message.Properties.ReplyTo is { } address)
        {
            // A caller that has left has no queue any more: its reply is dropped, as RabbitMQ drops it.
            var properties = new RequestProperties { CorrelationId = reply.CorrelationId, ContentType = reply.ContentType };
            broker.Publish(address, new MemoryMessage(properties, reply.Body.ToArray()));
        }

        return new ValueTask<bool>(true);
    }

    /// <inheritdoc/>
    public ValueTask AcknowledgeAsync()
    {
        broker.Settle(consumer, message);
        return default;
    }

    /// <inheritdoc/>
    public ValueTask RejectAsync() => AcknowledgeAsync(); // nothing is configured here that would keep it

    /// <inheritdoc/>
    public ValueTask HandBackAsync()
    {
        broker.Return(consumer, message);
        return default;
    }
}
