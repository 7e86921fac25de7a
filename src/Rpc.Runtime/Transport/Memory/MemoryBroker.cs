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

    /// <summary>Puts a message into a queue.</summary>
    /// <returns><see langword="false"/> if there is no such queue.</returns>
    public bool Publish(string queue, MemoryMessage message)
    {
        MemoryConsumer? idle;
        lock (_gate)
        {
            if (Find(queue) is not { } found)
            {
                return false;
            }

            if (_held is not null)
            {
                Hold(queue, message);
                return true;
            }

            idle = found.Add(message);
        }

        idle?.Deliver();
        return true;
    }

    /// <summary>Puts a server's message into a reply queue, unless there is none any more. Where it would come out at once, it is passed on as it is.</summary>
    public void Reply(string queue, in ReplyMessage reply)
    {
        if (Tap?.Loses(reply) == true)
        {
            return;
        }

        if (BeginPassing(queue) is { } consumer)
        {
            consumer.Pass(reply);
        }
        else
        {
            Publish(queue, MemoryMessage.Of(reply));
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

    /// <summary>Settles a message, so that the next one can come.</summary>
    public void Settle(MemoryConsumer consumer, MemoryMessage message)
    {
        lock (_gate)
        {
            if (_held is not null)
            {
                HoldSettling(consumer, message);
            }
            else
            {
                SettleNow(consumer, message);
            }
        }
    }

    /// <summary>Gives one message back to its queue.</summary>
    public void Return(MemoryConsumer consumer, MemoryMessage message)
    {
        lock (_gate)
        {
            if (consumer.TrySettle(message, out var number))
            {
                consumer.Queue.Return([(message, number)]);
            }
        }
    }

    /// <summary>Gives everything that a consumer holds back to its queue, as the broker does when a connection closes.</summary>
    public void ReturnAll(MemoryConsumer consumer)
    {
        lock (_gate)
        {
            consumer.Queue.Return(consumer.TakeUnsettled());
        }
    }

    private static void SettleNow(MemoryConsumer consumer, MemoryMessage message)
    {
        if (consumer.TrySettle(message, out _))
        {
            consumer.Queue.Dispatch()?.Schedule();
        }
    }

    private static MemoryConsumer Start(MemoryConsumer consumer)
    {
        consumer.Queue.Add(consumer);
        return consumer;
    }

    // Not where the server's code runs on in some call's context: that would be the client's, too.
    private MemoryConsumer? BeginPassing(string queue)
    {
        if (!CleanContext.IsCurrent)
        {
            return null;
        }

        lock (_gate)
        {
            return _held is null ? Find(queue)?.BeginPassing() : null;
        }
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
