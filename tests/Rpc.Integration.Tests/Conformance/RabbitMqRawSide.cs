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

    public async Task<long> CountAsync(string queue) => (await peer.CountAsync(queue))?.Ready ?? 0;

    public Task PublishAsync(string queue, RawEnvelope message) => peer.PublishAsync(queue, message.Body, new BasicProperties
    {
        ReplyTo = message.ReplyTo,
        CorrelationId = message.CorrelationId,
        Type = message.Type,
        ContentType = message.ContentType,
        ContentEncoding = message.ContentEncoding,
        Expiration = message.TimeToLive?.ToString(CultureInfo.InvariantCulture),
        AppId = message.AppId,
        UserId = message.UserId,
        Headers = HeadersOf(message),
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
        AppId = message.Properties.AppId,
        UserId = message.Properties.UserId,
        Headers = (message.Properties.Headers ?? new Dictionary<string, object?>()).Keys
            .Where(static name => !name.StartsWith("rpc-", StringComparison.Ordinal))
            .ToDictionary(static name => name, name => message.Header(name) as string ?? ""),
        SentAt = message.Header("rpc-sent") as long?,
        Attempt = message.Header("rpc-attempt") as int?,
        Redelivered = message.Redelivered,
    };

    private static Dictionary<string, object?> HeadersOf(RawEnvelope message)
    {
        var headers = message.Headers.ToDictionary(static header => header.Key, static header => (object?)header.Value);
        if (message.SentAt is { } sentAt)
        {
            headers["rpc-sent"] = sentAt;
        }

        if (message.Attempt is { } attempt)
        {
            headers["rpc-attempt"] = attempt;
        }

        if (message.WasDeadLettered)
        {
            headers["x-death"] = new List<object?> { new Dictionary<string, object?> { ["count"] = 1L, ["reason"] = "rejected", ["queue"] = "elsewhere" } };
        }

        return headers;
    }

    private sealed class Reader(RawConsumer consumer) : IRawReader
    {
        private RawMessage? _last;

        public async Task<RawEnvelope> NextAsync() => Read(_last = await consumer.NextAsync(Eventually.Deadline));

        public Task SettleAsync() => consumer.AckAsync(_last!).AsTask();

        public ValueTask DisposeAsync() => consumer.DisposeAsync();
    }
}
