using System.Threading.Channels;
using Rpc.Transport;
using Rpc.Transport.Memory;

namespace Rpc.Runtime.Tests.Wire;

/// <summary>The other side of a call on the embedded broker, without our client or server: it sees and sends messages as they are.</summary>
internal sealed class RawSide : IAsyncDisposable
{
    private readonly MemoryBroker _broker;
    private readonly MemoryConsumer _consumer;
    private readonly string _queue;
    private readonly Channel<MemoryMessage> _messages = Channel.CreateUnbounded<MemoryMessage>();

    /// <param name="name">The broker.</param>
    /// <param name="queue">The queue whose messages it takes.</param>
    public RawSide(string name, string queue)
    {
        _broker = MemoryBroker.Attach(name);
        _queue = queue;
        _broker.Declare(queue);
        _consumer = _broker.Consume(queue, prefetch: 0, (_, message) => _messages.Writer.TryWrite(message));
    }

    /// <summary>The next message in the queue.</summary>
    public Task<MemoryMessage> NextAsync() => _messages.Reader.ReadAsync().AsTask().Soon();

    public void Send(string? queue, RequestProperties properties, byte[] body) => Assert.True(_broker.Publish(queue!, new MemoryMessage(properties, body)));

    /// <summary>Sends a request and returns its reply.</summary>
    public Task<MemoryMessage> AskAsync(string queue, RequestProperties properties, byte[] body)
    {
        Send(queue, properties with { ReplyTo = _queue, CorrelationId = "any id" }, body);
        return NextAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _broker.Cancel(_consumer, TimeProvider.System);
        await _consumer.Completion.Soon();
        _broker.Detach();
    }
}
