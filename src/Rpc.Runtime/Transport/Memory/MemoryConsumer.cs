namespace Rpc.Transport.Memory;

/// <summary>
/// One consumer of a queue of the embedded broker. It gets one message at a time, in order: from whoever publishes it, if nothing else is being delivered, and
/// by a work item of the thread pool otherwise. The broker's lock guards what it holds.
/// </summary>
internal sealed class MemoryConsumer : IThreadPoolWorkItem
{
    private readonly Queue<MemoryMessage> _inbox = new();
    private readonly Dictionary<MemoryMessage, long> _unsettled = []; // with their numbers
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate;
    private readonly int _prefetch;
    private readonly Action<MemoryConsumer, MemoryMessage>? _received;
    private readonly ReplyHandler? _replied;
    private bool _delivering;
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

    /// <summary>Begins to <see cref="Pass"/> it a reply that is in no queue.</summary>
    /// <returns><see langword="false"/> if there is something that comes first.</returns>
    public bool TryBeginPassing() => _replied is not null && TryBegin();

    /// <summary>Delivers a reply from here. Called after <see cref="TryBeginPassing"/>, outside of the lock.</summary>
    /// <param name="reply">The reply.</param>
    public void Pass(in ReplyMessage reply)
    {
        Replied(reply);
        Continue();
    }

    /// <summary>Delivers from here, if nothing of the publisher's could get into what comes of it. Called outside of the lock.</summary>
    public void Deliver()
    {
        if (CleanContext.IsCurrent && TryTake(out var message))
        {
            Receive(message);
            Continue(); // one, its publisher's own: others are not its thread's business
        }
        else
        {
            Schedule();
        }
    }

    /// <summary>Has a thread of the pool deliver.</summary>
    public void Schedule() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

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

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute()
    {
        while (TryTake(out var message))
        {
            Receive(message);
        }
    }

    private bool TryBegin() => !_delivering && (_delivering = true);

    private void Continue()
    {
        bool more;
        lock (_gate)
        {
            more = _inbox.Count > 0;
            if (!more)
            {
                End();
            }
        }

        if (more)
        {
            Schedule();
        }
    }

    private bool TryTake(out MemoryMessage message)
    {
        lock (_gate)
        {
            if (_inbox.TryDequeue(out message!))
            {
                return true;
            }

            End();
            return false;
        }
    }

    private void End()
    {
        _delivering = false;
        if (_stopped)
        {
            _completion.TrySetResult();
        }
    }

    // Nothing is expected to be thrown here. But whoever listens to metrics is asked on the way; and what he throws must neither end the deliveries nor come to
    // the publisher, who has nothing to do with it.
    private void Receive(MemoryMessage message)
    {
        if (_received is null)
        {
            Replied(message.ToReply());
            return;
        }

        try
        {
            if (!_lost)
            {
                _received(this, message);
            }
        }
        catch (Exception)
        {
            // Whoever received the message sees to it that it is answered, as far as that can be.
        }
    }

    private void Replied(in ReplyMessage reply)
    {
        try
        {
            if (!_lost)
            {
                _replied!(reply);
            }
        }
        catch (Exception)
        {
            // The call that it was about ends at its deadline.
        }
    }
}
