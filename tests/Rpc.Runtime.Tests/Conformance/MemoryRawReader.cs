using System.Threading.Channels;
using Rpc.TestKit.Conformance;
using Rpc.Transport.Memory;

namespace Rpc.Runtime.Tests.Conformance;

/// <summary>Reads one queue of the embedded broker by hand.</summary>
internal sealed class MemoryRawReader : IRawReader
{
    private readonly Channel<MemoryMessage> _messages = Channel.CreateUnbounded<MemoryMessage>();
    private readonly MemoryBroker _broker;
    private readonly MemoryConsumer _consumer;
    private MemoryMessage? _last;

    public MemoryRawReader(MemoryBroker broker, string queue)
    {
        _broker = broker;
        _consumer = broker.Consume(queue, prefetch: int.MaxValue, (_, message) => _messages.Writer.TryWrite(message));
    }

    public async Task<RawEnvelope> NextAsync()
    {
        _last = await _messages.Reader.ReadAsync().AsTask().WithinDeadlineAsync();
        var properties = _last.Properties;
        return new RawEnvelope(_last.Body)
        {
            ReplyTo = properties.ReplyTo,
            CorrelationId = properties.CorrelationId.Text,
            Type = properties.Type,
            ContentType = properties.ContentType,
            ContentEncoding = properties.ContentEncoding,
            TimeToLive = properties.TimeToLive,
            AppId = properties.AppId,
            UserId = properties.UserId,
            Headers = properties.Headers ?? new Dictionary<string, string>(),
            SentAt = properties.SentAt,
            Attempt = properties.Attempt > 1 ? properties.Attempt : null, // the first one does not travel
            Redelivered = properties.Redelivered,
        };
    }

    public Task SettleAsync()
    {
        _broker.Settle(_consumer, _last!);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _broker.Cancel(_consumer, TimeProvider.System);
        await _consumer.Completion;
        _broker.ReturnAll(_consumer);
    }
}
