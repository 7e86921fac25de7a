namespace Rpc.Transport.Memory;

/// <summary>One queue of the embedded broker. The broker's lock guards everything in it.</summary>
/// <param name="name">The queue.</param>
/// <param name="expiry">For how long it stays when nobody consumes it; <see langword="null"/> for ever.</param>
/// <param name="type">What kind of queue it says it is.</param>
internal sealed class MemoryQueue(string name, TimeSpan? expiry, RpcQueueType type)
{
    // What was delivered before and came back is in front of what has come since.
    private readonly Stack<(MemoryMessage Message, long Number)> _returned = new();
    private readonly Queue<(MemoryMessage Message, long Number)> _messages = new();
    private readonly List<MemoryConsumer> _consumers = [];
    private int _next;
    private long _lastNumber;
    private TimeProvider? _time;
    private long _abandoned;

    /// <summary>The queue.</summary>
    public string Name => name;

    /// <summary>How many messages wait, and how many consumers there are.</summary>
    public QueueState State => new(_returned.Count + _messages.Count, _consumers.Count);

    /// <summary>What it was declared with, as words for an error.</summary>
    public string Arguments => expiry is { } stays ? $"x-queue-type {type}, x-expires {stays.TotalMilliseconds} ms" : "no arguments";

    /// <summary>Whether a queue declared like this is the same.</summary>
    public bool WasDeclared(TimeSpan? withExpiry, RpcQueueType asType) => (withExpiry, asType) == (expiry, type);

    /// <summary>Whether nobody has consumed it for so long that it is gone.</summary>
    public bool HasExpired => expiry is { } stays && _time is { } time && time.GetElapsedTime(_abandoned) >= stays;

    /// <summary>Adds a message at the end.</summary>
    /// <param name="message">The message.</param>
    /// <returns>A consumer that has got it, and that nobody delivers to: the caller has to see to that. <see langword="null"/> if there is none.</returns>
    public MemoryConsumer? Add(MemoryMessage message)
    {
        _messages.Enqueue((message, ++_lastNumber));
        return Dispatch();
    }

    /// <summary>A consumer to which a reply can be passed without being in the queue; <see langword="null"/> if there is none.</summary>
    public MemoryConsumer? BeginPassing() =>
        _messages.Count == 0 && _returned.Count == 0 && _consumers is [var consumer] && consumer.TryBeginPassing() ? consumer : null;

    /// <summary>Forgets the messages that a broker does not keep on disk.</summary>
    public void Forget()
    {
        var kept = _returned.Concat(_messages).Where(static waiting => waiting.Message.Properties.IsPersistent).ToArray();
        _returned.Clear();
        _messages.Clear();
        foreach (var waiting in kept)
        {
            _messages.Enqueue(waiting);
        }
    }

    /// <summary>Puts messages that were delivered and not settled back where they were: at the front.</summary>
    /// <param name="messages">The messages, newest first.</param>
    public void Return(IEnumerable<(MemoryMessage Message, long Number)> messages)
    {
        foreach (var (message, number) in messages)
        {
            _returned.Push((message.Again(), number));
        }

        Dispatch()?.Schedule();
    }

    public void Add(MemoryConsumer consumer)
    {
        _consumers.Add(consumer);
        _time = null;
        Dispatch()?.Schedule();
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
    /// <returns>A consumer that has got some, and that nobody delivers to: the caller has to see to that. <see langword="null"/> if there is none.</returns>
    public MemoryConsumer? Dispatch()
    {
        MemoryConsumer? idle = null;
        while (TryPeek(out var first))
        {
            if (first.Message.HasExpired)
            {
                RemoveFirst();
            }
            else if (NextWithRoom() is { } consumer)
            {
                RemoveFirst();
                if (consumer.Give(first.Message, first.Number))
                {
                    idle?.Schedule();
                    idle = consumer;
                }
            }
            else
            {
                break;
            }
        }

        return idle;
    }

    private bool TryPeek(out (MemoryMessage Message, long Number) first) => _returned.TryPeek(out first) || _messages.TryPeek(out first);

    private void RemoveFirst()
    {
        if (!_returned.TryPop(out _))
        {
            _messages.Dequeue();
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
