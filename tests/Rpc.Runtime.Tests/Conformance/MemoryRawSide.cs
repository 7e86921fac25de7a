using Rpc.TestKit.Conformance;
using Rpc.Transport;
using Rpc.Transport.Memory;

namespace Rpc.Runtime.Tests.Conformance;

/// <summary>A party at the embedded broker that knows nothing of the library.</summary>
internal sealed class MemoryRawSide : IRawSide
{
    private readonly MemoryBroker _broker;
    private readonly MemoryRawReader _replies;

    public MemoryRawSide(string name)
    {
        _broker = MemoryBroker.Attach(name);
        _broker.Declare(ReplyQueue);
        _replies = new MemoryRawReader(_broker, ReplyQueue);
    }

    public string ReplyQueue { get; } = $"raw.{Guid.NewGuid():N}";

    public Task DeclareAsync(string queue)
    {
        _broker.Declare(queue);
        return Task.CompletedTask;
    }

    public Task DeleteAsync(string queue)
    {
        _broker.Delete(queue);
        return Task.CompletedTask;
    }

    public Task<bool> ExistsAsync(string queue) => Task.FromResult(_broker.Exists(queue));

    public Task<long> CountAsync(string queue) => Task.FromResult(_broker.Query(queue)?.Messages ?? 0);

    public Task PublishAsync(string queue, RawEnvelope message)
    {
        var properties = new RequestProperties
        {
            ReplyTo = message.ReplyTo,
            CorrelationId = message.CorrelationId,
            Type = message.Type,
            ContentType = message.ContentType,
            ContentEncoding = message.ContentEncoding,
            TimeToLive = message.TimeToLive > 0 ? message.TimeToLive : null, // 0: only if a consumer can have it at once
            AppId = message.AppId,
            UserId = message.UserId,
            Headers = message.Headers.Count > 0 ? message.Headers : null,
            SentAt = message.AppId == RawEnvelope.OwnAppId ? message.SentAt : null,
            Attempt = message.Attempt ?? 1,
            Redelivered = message.WasDeadLettered, // this broker dead-letters nothing: what the other transport makes of the header
        };
        _broker.Publish(queue, new MemoryMessage(properties, message.Body.ToArray()) { Published = TimeProvider.System.GetTimestamp() });
        return Task.CompletedTask;
    }

    public async Task<RawEnvelope> NextReplyAsync()
    {
        var reply = await _replies.NextAsync();
        await _replies.SettleAsync();
        return reply;
    }

    public Task<IRawReader> ReadAsync(string queue) => Task.FromResult<IRawReader>(new MemoryRawReader(_broker, queue));

    public async ValueTask DisposeAsync()
    {
        await _replies.DisposeAsync();
        _broker.Delete(ReplyQueue);
        _broker.Detach();
    }
}
