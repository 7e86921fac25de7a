using System.Collections.Concurrent;
using Rpc.Transport.Memory;

namespace Rpc.Runtime.Tests.Transport;

/// <summary>A consumer of a queue of the embedded broker that keeps what it is given.</summary>
internal sealed class Inbox
{
    private readonly MemoryBroker _broker;

    public Inbox(MemoryBroker broker, string queue, int prefetch)
    {
        _broker = broker;
        Consumer = broker.Consume(queue, prefetch, (_, message) => Messages.Enqueue(message));
    }

    public ConcurrentQueue<MemoryMessage> Messages { get; } = new();

    public MemoryConsumer Consumer { get; }

    public IEnumerable<int> Numbers => Messages.Select(static message => (int)message.Body[0]);

    public async Task<IReadOnlyCollection<MemoryMessage>> StopAsync(TimeProvider time)
    {
        _broker.Cancel(Consumer, time);
        await Consumer.Completion.Soon();
        return Messages;
    }
}
