namespace Rpc.Transport.Memory;

/// <summary>
/// The broker behind <c>memory://name</c>: queues, prefetch, time to live, redelivery and returns as RabbitMQ has them, in this process. It lives as
/// long as anything is attached to it. Thread-safe.
/// </summary>
internal sealed partial class MemoryBroker
{
    private static readonly Lock s_gate = new();
    private static readonly Dictionary<string, MemoryBroker> s_brokers = new(StringComparer.Ordinal);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, MemoryQueue> _queues = new(StringComparer.Ordinal);
    private readonly string _name;
    private int _attached;

    private MemoryBroker(string name) => _name = name;

    /// <summary>What telemetry calls the broker of a name.</summary>
    public static BrokerEndpoint EndpointOf(string name) => new(System: null, name, Port: null);

    /// <summary>Finds or makes the broker of a name. Each attaching is undone by one <see cref="Detach"/>.</summary>
    public static MemoryBroker Attach(string name)
    {
        lock (s_gate)
        {
            if (!s_brokers.TryGetValue(name, out var broker))
            {
                s_brokers.Add(name, broker = new MemoryBroker(name));
            }

            broker._attached++;
            return broker;
        }
    }

    public void Detach()
    {
        lock (s_gate)
        {
            if (--_attached == 0)
            {
                s_brokers.Remove(_name);
            }
        }
    }

    /// <summary>Makes a queue, or finds the one that was made with the same arguments.</summary>
    /// <exception cref="RpcException">There is one with other arguments.</exception>
    public MemoryQueue Declare(string name, TimeSpan? expiry = null, RpcQueueType type = RpcQueueType.Classic)
    {
        lock (_gate)
        {
            if (Find(name) is not { } queue)
            {
                _queues.Add(name, queue = new MemoryQueue(name, expiry, type));
            }

            return queue.WasDeclared(expiry, type)
                ? queue
                : throw TransportFailures.QueueDiffers(name, $"it exists with {queue.Arguments}, and was declared with {new MemoryQueue(name, expiry, type).Arguments}");
        }
    }

    public bool Exists(string name)
    {
        lock (_gate)
        {
            return Find(name) is not null;
        }
    }

    public void Delete(string name)
    {
        lock (_gate)
        {
            _queues.Remove(name);
        }
    }

    /// <summary>Counts what is in a queue.</summary>
    /// <returns><see langword="null"/> if there is no such queue.</returns>
    public QueueState? Query(string queue)
    {
        lock (_gate)
        {
            return Find(queue)?.State;
        }
    }

    /// <summary>Starts a consumer.</summary>
    /// <exception cref="RpcException">There is no such queue.</exception>
    public MemoryConsumer Consume(string queue, int prefetch, Action<MemoryConsumer, MemoryMessage> received)
    {
        lock (_gate)
        {
            var found = Find(queue) ?? throw TransportFailures.QueueRefused(queue, "it does not exist");
            return Start(new MemoryConsumer(this, _gate, found, prefetch, received));
        }
    }

    /// <summary>Starts a consumer of replies, which are settled by being delivered.</summary>
    /// <exception cref="RpcException">There is no such queue.</exception>
    public MemoryConsumer ConsumeReplies(string queue, MemoryConsumer.ReplyHandler replied)
    {
        lock (_gate)
        {
            var found = Find(queue) ?? throw TransportFailures.QueueRefused(queue, "it does not exist");
            return Start(new MemoryConsumer(this, _gate, found, replied));
        }
    }

    /// <summary>Gives a consumer no more messages. What it holds is still its own to settle.</summary>
    public void Cancel(MemoryConsumer consumer, TimeProvider time)
    {
        lock (_gate)
        {
            consumer.Queue.Remove(consumer, time);
            consumer.Stop();
        }
    }

    private static MemoryConsumer Start(MemoryConsumer consumer)
    {
        consumer.Queue.Add(consumer);
        return consumer;
    }

    private MemoryQueue? Find(string name)
    {
        if (!_queues.TryGetValue(name, out var queue))
        {
            return null;
        }

        if (!queue.HasExpired)
        {
            return queue;
        }

        _queues.Remove(name);
        return null;
    }
}
