namespace Rpc.Transport.Memory;

/// <summary>
/// A message in the embedded broker, and what a server gets of it. It is delivered once: what goes back to its queue is a copy. Its body never changes, so
/// copies share it.
/// </summary>
internal sealed class MemoryMessage : IDelivery
{
    private readonly RequestProperties _properties;
    private MemoryConsumer? _consumer;

    /// <param name="properties">The properties, of a request or of a reply.</param>
    /// <param name="body">The body; the message's from here on.</param>
    public MemoryMessage(in RequestProperties properties, byte[] body)
    {
        _properties = properties;
        Body = body;
    }

    private MemoryMessage(MemoryMessage original, in RequestProperties properties)
        : this(properties, original.Body)
    {
        Time = original.Time;
        Published = original.Published;
    }

    /// <inheritdoc/>
    public ref readonly RequestProperties Properties => ref _properties;

    /// <summary>The body.</summary>
    public byte[] Body { get; }

    /// <inheritdoc/>
    ReadOnlyMemory<byte> IDelivery.Body => Body;

    /// <summary>The clock that <see cref="Published"/> is a timestamp of: the publisher's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>When it was published.</summary>
    public long Published { get; init; }

    /// <summary>Whether its time to live is over: the broker then drops it instead of delivering it.</summary>
    public bool HasExpired => _properties.TimeToLive is { } left and > 0 && Time.GetElapsedTime(Published).TotalMilliseconds >= left;

    /// <inheritdoc/>
    public bool IsLive => _consumer is { IsLost: false };

    /// <summary>Makes the message of a reply. Its body is copied.</summary>
    public static MemoryMessage Of(in ReplyMessage reply)
    {
        var properties = new RequestProperties
        {
            CorrelationId = reply.CorrelationId,
            ContentType = reply.ContentType,
            AppId = reply.AppId,
            ReplyTo = reply.ReplyTo,
            Headers = reply.Headers is { } headers ? new RpcHeaders(headers) : null,
        };
        return new MemoryMessage(properties, reply.Body.ToArray());
    }

    /// <summary>The message as the reply that it is.</summary>
    public ReplyMessage ToReply() => new(_properties.CorrelationId, _properties.ContentType, Body)
    {
        AppId = _properties.AppId,
        ContentEncoding = _properties.ContentEncoding,
        ReplyTo = _properties.ReplyTo,
        Headers = _properties.Headers,
    };

    /// <summary>A copy whose time to live begins now.</summary>
    public MemoryMessage PublishedNow() => new(this, _properties) { Published = Time.GetTimestamp() };

    /// <summary>A copy that says that it has been delivered before, or not.</summary>
    /// <param name="redelivered">Which.</param>
    public MemoryMessage Again(bool redelivered = true) => new(this, _properties with { Redelivered = redelivered });

    /// <summary>It is delivered to a consumer. Called once, before anybody else sees that.</summary>
    /// <param name="consumer">The consumer.</param>
    public void Given(MemoryConsumer consumer) => _consumer = consumer;

    /// <inheritdoc/>
    public ValueTask<bool> TryReplyAsync(ReplyMessage reply)
    {
        if (!IsLive)
        {
            return new ValueTask<bool>(false);
        }

        if (_properties.ReplyTo is { } address)
        {
            _consumer!.Broker.Reply(address, reply);
        }

        return new ValueTask<bool>(true);
    }

    /// <inheritdoc/>
    public ValueTask AcknowledgeAsync()
    {
        _consumer?.Broker.Settle(_consumer, this);
        return default;
    }

    /// <inheritdoc/>
    public ValueTask RejectAsync() => AcknowledgeAsync(); // nothing is configured here that would keep it

    /// <inheritdoc/>
    public ValueTask HandBackAsync()
    {
        _consumer?.Broker.Return(_consumer, this);
        return default;
    }

    /// <inheritdoc/>
    public ValueTask RequeueAsync()
    {
        if (IsLive)
        {
            var copy = new MemoryMessage(this, _properties with { Redelivered = false, Deliveries = _properties.Deliveries + 1 });
            _consumer!.Broker.Publish(_consumer.Queue.Name, copy);
        }

        return AcknowledgeAsync();
    }

    /// <inheritdoc/>
    public void Release()
    {
        // The message has its body to itself; a second delivery shares it.
    }
}
