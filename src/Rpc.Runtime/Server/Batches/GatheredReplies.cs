using System.Collections.Concurrent;

namespace Rpc.Server.Batches;

/// <summary>The replies of one service that travel together, by where they go. Thread-safe.</summary>
internal sealed class GatheredReplies
{
    // How many callers' gatherers are kept at least, idle or not. There is one for each caller, and callers come and go.
    private const int MinKept = 256;

    private readonly ConcurrentDictionary<string, ReplyGatherer> _gatherers = new(StringComparer.Ordinal);
    private readonly Func<ReplyGatherer> _create;
    private readonly Lock _gate = new();
    private int _sweepAt = MinKept;

    /// <param name="service">The service.</param>
    /// <param name="running">Its running calls.</param>
    /// <param name="outstanding">Counts the gatherers that have replies to send.</param>
    /// <param name="way">What is done with replies that cannot be sent together.</param>
    public GatheredReplies(ServiceContext service, RunningCalls running, Outstanding outstanding, SingleReplies way)
    {
        _create = () => new ReplyGatherer(service, running, outstanding, way);
    }

    /// <summary>How many callers' gatherers there are.</summary>
    public int Count => _gatherers.Count;

    /// <summary>Adds a reply; its call is settled and disposed of when it has been sent.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="isLone">Whether no other reply is about to be ready.</param>
    public void Add(in ReadyReply reply, bool isLone)
    {
        var message = reply.Through.Message;
        var gatherer = message.Gatherer ??= Find(message);
        while (!gatherer.TryAdd(reply, isLone))
        {
            message.Gatherer = gatherer = Find(message); // it went out of use between the two steps, and the next one is new
        }
    }

    private ReplyGatherer Find(BatchedMessage message)
    {
        var address = message.Delivery.Properties.ReplyTo!;
        return _gatherers.TryGetValue(address, out var gatherer) ? gatherer : Create(address);
    }

    // Those of callers that have gone are taken out when their number has doubled, so that each costs a look or two in its life.
    private ReplyGatherer Create(string address)
    {
        lock (_gate)
        {
            if (_gatherers.Count >= _sweepAt)
            {
                foreach (var idle in _gatherers.Where(static pair => pair.Value.TryRetire()))
                {
                    _gatherers.TryRemove(idle);
                }

                _sweepAt = Math.Max(MinKept, _gatherers.Count * 2);
            }

            return _gatherers.GetOrAdd(address, static (_, create) => create(), _create);
        }
    }
}
