namespace Rpc.Transport.Memory;

/// <summary>One queue of the embedded broker. The broker's lock guards everything in it.</summary>
/// <param name="name">The queue.</param>
/// <param name="expiry">For how long it stays when nobody consumes it; <see langword="null"/> for ever.</param>
/// <param name="type">What kind of queue it says it is.</param>
internal sealed class MemoryQueue(string name, TimeSpan? expiry, RpcQueueType type)
{
    private readonly LinkedList<MemoryMessage> _messages = new();
    private readonly List<MemoryConsumer> _consumers = [];
    private int _next;
    private TimeProvider? _time;
    private long _abandoned;

    /// <summary>The queue.</summary>
    public string Name => name;

    /// <summary>How many messages wait, and how many consumers there are.</summary>
    public QueueState State => new(_messages.Count, _consumers.Count);

    /// <summary>What it was declared with, as words for an error.</summary>
    public string Arguments => expiry is { } stays ? $"x-queue-type {type}, x-expires {stays.TotalMilliseconds} ms" : "no arguments";

    /// <summary>Whether a queue declared like this is the same.</summary>
    public bool WasDeclared(TimeSpan? withExpiry, RpcQueueType asType) => (withExpiry, asType) == (expiry, type);

    /// <summary>Whether nobody has consumed it for so long that it is gone.</summary>
    public bool HasExpired => expiry is { } stays && _time is { } time && time.GetElapsedTime(_abandoned) >= stays;

    public void Add(MemoryMessage message)
    {
        _messages.AddLast(message);
        Dispatch();
    }

    /// <summary>Forgets the messages that a broker does not keep on disk.</summary>
    public void Forget()
    {
        for (var node = _messages.First; node is not null;)
        {
            var next = node.Next;
            if (!node.Value.IsPersistent)
            {
                _messages.Remove(node);
            }

            node = next;
        }
    }

    /// <summary>Puts messages that were delivered and not settled back where they were: at the front.</summary>
    /// <param name="messages">The messages, newest first.</param>
    public void Return(IEnumerable<MemoryMessage> messages)
    {
        foreach (var message in messages)
        {
            _messages.AddFirst(message with { Properties = message.Properties with { Redelivered = true } });
        }

        Dispatch();
    }

    public void Add(MemoryConsumer consumer)
    {
        _consumers.Add(consumer);
        _time = null;
        Dispatch();
    }

    public void Remove(MemoryConsumer consumer, TimeProvider time)
    {
        if (_consumers.Remove(consumer) && _consumers.Count == 0)
        {
            _time = time;
            _abandoned = time.GetTimestamp();
        }
    }

    /// <summary>Gives messages to consumers that have room, in turn.</summary>
    public void Dispatch()
    {
        while (_messages.First is { } first)
        {
            if (first.Value.HasExpired)
            {
                _messages.RemoveFirst();
            }
            else if (NextWithRoom() is { } consumer)
            {
                _messages.RemoveFirst();
                consumer.Give(first.Value);
            }
            else
            {
                return;
            }
        }
    }

    private MemoryConsumer? NextWithRoom()
    {
        for (var i = 0; i < _consumers.Count; i++)
        {
            _next = (_next + 1) % _consumers.Count;
            var consumer = _consumers[_next];
            if (consumer.HasRoom)
            {
                return consumer;
            }
        }

        return null;
    }
}
