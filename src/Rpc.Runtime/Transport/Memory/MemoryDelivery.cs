namespace Rpc.Transport.Memory;

/// <summary>A request that the embedded broker delivered.</summary>
internal sealed class MemoryDelivery(MemoryBroker broker, MemoryConsumer consumer, MemoryMessage message) : IDelivery
{
    private readonly RequestProperties _properties = message.Properties;

    /// <inheritdoc/>
    public bool IsLive => !consumer.IsLost;

    /// <inheritdoc/>
    public ref readonly RequestProperties Properties => ref _properties;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Body => message.Body;

    /// <inheritdoc/>
    public ValueTask<bool> TryReplyAsync(ReplyMessage reply)
    {
        if (!IsLive)
        {
            return new ValueTask<bool>(false);
        }

        if (_properties.ReplyTo is { } address)
        {
            broker.Reply(address, reply);
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

    /// <inheritdoc/>
    public ValueTask RequeueAsync()
    {
        if (IsLive)
        {
            broker.Publish(consumer.Queue.Name, message with { Properties = _properties with { Redelivered = false, Deliveries = _properties.Deliveries + 1 } });
        }

        return AcknowledgeAsync();
    }

    /// <inheritdoc/>
    public void Release()
    {
        // The message has its body to itself; a second delivery shares it.
    }
}
