using System.Buffers;

namespace Rpc.Transport.RabbitMq;

/// <summary>A request that RabbitMQ delivered. Its tag belongs to its channel: on another one it would name another message.</summary>
internal sealed class RabbitMqDelivery : IDelivery
{
    private readonly RequestChannel _channel;
    private readonly ulong _tag;
    private readonly int _length;
    private byte[]? _body;
    private int _settled;

    public RabbitMqDelivery(RequestChannel channel, ulong tag, in RequestProperties properties, ReadOnlyMemory<byte> body)
    {
        _channel = channel;
        _tag = tag;
        Properties = properties;

        // The library takes its buffer back when its callback returns.
        _length = body.Length;
        _body = ArrayPool<byte>.Shared.Rent(body.Length);
        body.CopyTo(_body);
    }

    /// <inheritdoc/>
    public bool IsLive => _channel.IsOpen;

    /// <inheritdoc/>
    public RequestProperties Properties { get; }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Body => _body.AsMemory(0, _length);

    /// <inheritdoc/>
    public ValueTask<bool> TryReplyAsync(ReplyMessage reply) =>
        Properties.ReplyTo is { } address ? _channel.TryReplyAsync(address, reply) : new ValueTask<bool>(true);

    /// <inheritdoc/>
    public ValueTask AcknowledgeAsync() => TrySettle() ? _channel.AcknowledgeAsync(_tag) : default;

    /// <inheritdoc/>
    public ValueTask RejectAsync() => TrySettle() ? _channel.RejectAsync(_tag, handBack: false) : default;

    /// <inheritdoc/>
    public ValueTask HandBackAsync() => TrySettle() ? _channel.RejectAsync(_tag, handBack: true) : default;

    /// <inheritdoc/>
    public void Release()
    {
        if (Interlocked.Exchange(ref _body, null) is { } body)
        {
            ArrayPool<byte>.Shared.Return(body);
        }
    }

    // Settling a delivery twice closes the channel.
    private bool TrySettle() => Interlocked.Exchange(ref _settled, 1) == 0;
}
