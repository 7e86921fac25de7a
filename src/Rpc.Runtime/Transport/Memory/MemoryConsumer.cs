namespace Rpc.Transport.Memory;

/// <summary>
/// One consumer of a queue of the embedded broker. It gets one message at a time, in order: from whoever publishes it, if nothing else is being delivered, and
/// by a work item of the thread pool otherwise. The broker's lock guards what it holds.
/// </summary>
internal sealed partial class MemoryConsumer
{
    private readonly Queue<MemoryMessage> _inbox = new();
    private readonly Dictionary<MemoryMessage, long> _unsettled = []; // with their numbers
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate;
    private readonly int _prefetch;
    private readonly Action<MemoryConsumer, MemoryMessage>? _received;
    private readonly ReplyHandler? _replied;
    private bool _stopped;
    private volatile bool _lost;

    /// <param name="broker">The broker.</param>
    /// <param name="gate">Its lock.</param>
    /// <param name="queue">The queue it consumes.</param>
    /// <param name="prefetch">How many unsettled messages it holds at most; 0 if messages are settled by being delivered.</param>
    /// <param name="received">Called for one message at a time.</param>
    public MemoryConsumer(MemoryBroker broker, Lock gate, MemoryQueue queue, int prefetch, Action<MemoryConsumer, MemoryMessage> received)
        : this(broker, gate, queue)
    {
        _prefetch = prefetch;
        _received = received;
    }

    /// <param name="broker">The broker.</param>
    /// <param name="gate">Its lock.</param>
    /// <param name="queue">The queue it consumes.</param>
    /// <param name="replied">Called for one message at a time. Messages are settled by being delivered.</param>
    public MemoryConsumer(MemoryBroker broker, Lock gate, MemoryQueue queue, ReplyHandler replied)
        : this(broker, gate, queue) => _replied = replied;

    private MemoryConsumer(MemoryBroker broker, Lock gate, MemoryQueue queue)
    {
        Broker = broker;
        _gate = gate;
        Queue = queue;
    }

    /// <summary>Takes a reply, whose body is valid during the call only.</summary>
    public delegate void ReplyHandler(in ReplyMessage reply);

    /// <summary>The broker.</summary>
    public MemoryBroker Broker { get; }

    /// <summary>The queue it consumes.</summary>
    public MemoryQueue Queue { get; }

    /// <summary>Whether its connection is lost: what it holds can be neither answered nor settled.</summary>
    public bool IsLost => _lost;

    /// <summary>Ends when the consumer has been stopped and has delivered what it was given.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Whether it may be given another message.</summary>
    public bool HasRoom => _prefetch == 0 || _unsettled.Count < _prefetch;

    /// <summary>Gives it a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="number">Which one it was in its queue.</param>
    /// <returns>Whether nobody delivers, so that the caller has to <see cref="Deliver"/>, outside of the lock, or <see cref="Schedule"/>.</returns>
    public bool Give(MemoryMessage message, long number)
    {
        message.Given(this);
        if (_prefetch > 0)
        {
            _unsettled.Add(message, number);
        }

        _inbox.Enqueue(message);
        return TryBegin();
    }

    /// <summary>Settles a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="number">Which one it was in its queue.</param>
    /// <returns><see langword="false"/> if it is settled already, or was taken back.</returns>
    public bool TrySettle(MemoryMessage message, out long number) => _unsettled.Remove(message, out number);

    /// <summary>Takes back everything that is not settled, newest first.</summary>
    public IEnumerable<(MemoryMessage Message, long Number)> TakeUnsettled()
    {
        var unsettled = _unsettled.OrderByDescending(static held => held.Value).Select(static held => (held.Key, held.Value)).ToArray();
        _unsettled.Clear();
        return unsettled;
    }

    /// <summary>Its connection is lost. What it was given and has not delivered is not delivered any more.</summary>
    public void Lose() => _lost = true;

    /// <summary>It is given no more messages.</summary>
    public void Stop()
    {
        _stopped = true;
        if (!_delivering)
        {
            _completion.TrySetResult();
        }
    }
}
