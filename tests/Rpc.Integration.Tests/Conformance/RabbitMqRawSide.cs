using System.Globalization;
using RabbitMQ.Client;
using Rpc.TestKit.Conformance;
using Rpc.TestKit.Raw;

namespace Rpc.Integration.Tests.Conformance;

/// <summary>A party at RabbitMQ that knows nothing of the library.</summary>
internal sealed class RabbitMqRawSide(RawPeer peer) : IRawSide
{
    public string ReplyQueue => peer.ReplyQueue;

    public Task DeclareAsync(string queue) => peer.DeclareAsync(queue);

    public Task DeleteAsync(string queue) => peer.DeleteAsync(queue);

    public async Task<bool> ExistsAsync(string queue) => await peer.CountAsync(queue) is not null;

    public Task PublishAsync(string queue, RawEnvelope message) => peer.PublishAsync(queue, message.Body, new BasicProperties
    {
        ReplyTo = message.ReplyTo,
        CorrelationId = message.CorrelationId,
        Type = message.Type,
        ContentType = message.ContentType,
        ContentEncoding = message.ContentEncoding,
        Expiration = message.TimeToLive?.ToString(CultureInfo.InvariantCulture),
    });

    public async Task<RawEnvelope> NextReplyAsync() => Read(await peer.NextReplyAsync(Eventually.Deadline));

    public async Task<IRawReader> ReadAsync(string queue) => new Reader(await peer.ConsumeAsync(queue, prefetch: 0));

    public ValueTask DisposeAsync() => peer.DisposeAsync();

    private static RawEnvelope Read(RawMessage message) => new(message.Body)
    {
        ReplyTo = message.Properties.ReplyTo,
        CorrelationId = message.Properties.CorrelationId,
        Type = message.Properties.Type,
        ContentType = message.Properties.ContentType,
        ContentEncoding = message.Properties.ContentEncoding,
        TimeToLive = long.TryParse(message.Properties.Expiration, NumberStyles.None, CultureInfo.InvariantCulture, out var left) ? left : null,
    };

    private sealed class Reader(RawConsumer consumer) : IRawReader
    {
        private RawMessage? _last;

        public async Task<RawEnvelope> NextAsync() => Read(_last = await consumer.NextAsync(Eventually.Deadline));

        public Task SettleAsync() => consumer.AckAsync(_last!).AsTask();

        public ValueTask DisposeAsync() => consumer.DisposeAsync();
    }
}
