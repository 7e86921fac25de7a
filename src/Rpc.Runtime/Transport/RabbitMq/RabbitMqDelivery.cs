using System.Buffers;
using RabbitMQ.Client;

namespace Rpc.Transport.RabbitMq;

/// <summary>A request that RabbitMQ delivered. Its tag belongs to its channel: on another one it would name another message.</summary>
internal sealed class RabbitMqDelivery : IDelivery
{
    private readonly RequestChannel _channel;
    private readonly ulong _tag;
    private readonly RequestProperties _properties;
    private readonly int _length;
    private readonly IReadOnlyBasicProperties? _original;
    private byte[]? _body;
    private int _settled;

    /// <param name="channel">The channel it came by.</param>
    /// <param name="tag">Its tag there.</param>
    /// <param name="properties">Its properties.</param>
    /// <param name="body">Its body, copied.</param>
    /// <param name="original">The properties as the library has them, where they may be needed for <see cref="RequeueAsync"/>.</param>
    public RabbitMqDelivery(
        RequestChannel channel, ulong tag, in RequestProperties properties, ReadOnlyMemory<byte> body, IReadOnlyBasicProperties? original)
    {
        _original = original;
        _channel = channel;
        _tag = tag;
        _properties = properties;

        // The library takes its buffer back when its callback returns.
        _length = body.Length;
        _body = ArrayPool<byte>.Shared.Rent(body.Length);
        body.CopyTo(_body);
    }

    /// <inheritdoc/>
    public bool IsLive => _channel.IsOpen;

    /// <inheritdoc/>
    public ref readonly RequestProperties Properties => ref _properties;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Body => _body.AsMemory(0, _length);

    /// <inheritdoc/>
    public ValueTask<bool> TryReplyAsync(ReplyMessage reply) =>
        _properties.ReplyTo is { } address ? _channel.TryReplyAsync(address, reply) : new ValueTask<bool>(true);

    /// <inheritdoc/>
    public ValueTask AcknowledgeAsync() => TrySettle() ? _channel.AcknowledgeAsync(_tag) : default;

    /// <inheritdoc/>
    public ValueTask RejectAsync() => TrySettle() ? _channel.RejectAsync(_tag, handBack: false) : default;

    /// <inheritdoc/>
    public ValueTask HandBackAsync() => TrySettle() ? _channel.RejectAsync(_tag, handBack: true) : default;

    /// <inheritdoc/>
    public async ValueTask RequeueAsync()
    {
        // On one channel, so in this order: where the acknowledgement arrives, the copy has arrived before it.
        if (_original is null || await _channel.TryRequeueAsync(_original, _properties.Deliveries + 1, Body).ConfigureAwait(false))
        {
            await AcknowledgeAsync().ConfigureAwait(false);
        }
    }

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
