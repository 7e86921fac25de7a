using System.Collections.Concurrent;
using Rpc.Transport;

namespace Rpc.Server.Batches;

/// <summary>The replies of one service that travel together, by where they go. Thread-safe.</summary>
internal sealed class GatheredReplies
{
    private readonly ConcurrentDictionary<string, ReplyGatherer> _gatherers = new(StringComparer.Ordinal);
    private readonly Func<string, ReplyGatherer> _create;
    private readonly Outstanding _outstanding;

    /// <param name="service">The service.</param>
    /// <param name="running">Its running calls.</param>
    /// <param name="outstanding">Counts the replies that have not been sent.</param>
    /// <param name="way">What is done with replies that cannot be sent together.</param>
    public GatheredReplies(ServiceContext service, RunningCalls running, Outstanding outstanding, SingleReplies way)
    {
        _outstanding = outstanding;
        _create = address => new ReplyGatherer(service, running, Done, way, gatherer => _gatherers.TryRemove(KeyValuePair.Create(address, gatherer)));

        void Done() => _outstanding.End();
    }

    /// <summary>Adds a reply; its call is settled and disposed of when it has been sent.</summary>
    public void Add(in ReadyReply reply)
    {
        _outstanding.Begin();
        var address = reply.Call.Properties.ReplyTo!;
        while (!_gatherers.GetOrAdd(address, _create).TryAdd(reply))
        {
            // It went out of use between the two steps; the next one is new.
        }
    }
}
