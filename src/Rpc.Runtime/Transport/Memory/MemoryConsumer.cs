using System.Threading.Channels;

namespace Rpc.Transport.Memory;

/// <summary>
/// One consumer of a queue of the embedded broker, with a loop of its own, as a consumer of RabbitMQ has. The broker's lock guards the count and the
/// set of unsettled messages.
/// </summary>
internal sealed class MemoryConsumer
{
    private readonly Channel<MemoryMessage> _inbox = Channel.CreateUnbounded<MemoryMessage>(new UnboundedChannelOptions { SingleReader = true });
    private readonly HashSet<MemoryMessage> _unsettled = new(ReferenceEqualityComparer.Instance);
    private volatile bool _lost;
    private readonly int _prefetch;
    private readonly Action<MemoryConsumer, MemoryMessage> _received;

    /// <param name="queue">The queue it consumes.</param>
    /// <param name="prefetch">How many unsettled messages it holds at most; 0 if messages are settled by being delivered.</param>
    /// <param name="received">Called for one message at a time.</param>
    public MemoryConsumer(MemoryQueue queue, int prefetch, Action<MemoryConsumer, MemoryMessage> received)
    {
        Queue = queue;
        _prefetch = prefetch;
        _received = received;
        using (ExecutionContext.SuppressFlow())
        {
            Completion = Task.Run(RunAsync);
        }
    }

    /// <summary>The queue it consumes.</summary>
    public MemoryQueue Queue { get; }

    /// <summary>Whether its connection is lost: what it holds can be neither answered nor settled.</summary>
    public bool IsLost => _lost;

    /// <summary>Ends when the consumer has been stopped and has delivered what it was given.</summary>
    public Task Completion { get; }

    public bool HasRoom => _prefetch == 0 || _unsettled.Count < _prefetch;

    public void Give(MemoryMessage message)
    {
        if (_prefetch > 0)
        {
            _unsettled.Add(message);
        }

        _inbox.Writer.TryWrite(message);
    }

    /// <summary>Settles a message; <see langword="false"/> if it is settled already, or was taken back.</summary>
    public bool TrySettle(MemoryMessage message) => _unsettled.Remove(message);

    /// <summary>Takes back everything that is not settled, newest first.</summary>
    public IEnumerable<MemoryMessage> TakeUnsettled()
    {
        var unsettled = _unsettled.OrderByDescending(message => message.Number).ToArray();
        _unsettled.Clear();
        return unsettled;
    }

    /// <summary>Its connection is lost. What it was given and has not delivered is not delivered any more.</summary>
    public void Lose() => _lost = true;

    public void Stop() => _inbox.Writer.TryComplete();

    private async Task RunAsync()
    {
        await foreach (var message in _inbox.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            if (!_lost)
            {
                _received(this, message);
            }
        }
    }
}
