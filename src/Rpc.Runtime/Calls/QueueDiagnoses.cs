using System.Collections.Concurrent;
using Rpc.Transport;

namespace Rpc.Calls;

/// <summary>
/// What the broker says of the queues whose calls wait long: so that a deadline can say more than that it has passed. Each queue is asked about at most
/// once a second, for all of its calls together, and nobody waits for the answer. Thread-safe.
/// </summary>
internal sealed class QueueDiagnoses(IClientTransport transport, TimeProvider time)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    // To ask about a classic queue is to use it, for the broker: it would never expire while callers wait for it, and none would be told that there is no
    // server. So a queue without servers is asked about once, until one has been heard of.
    private volatile bool _anyAbandoned;
    private readonly ConcurrentDictionary<string, Entry> _queues = new(StringComparer.Ordinal);

    /// <summary>Asks the broker about a queue, unless it was asked just now.</summary>
    /// <param name="queue">The queue.</param>
    public void Ask(string queue)
    {
        var entry = _queues.GetOrAdd(queue, static _ => new Entry());
        var now = time.GetTimestamp();
        lock (entry)
        {
            if (entry.IsAsking || entry.IsAbandoned || (entry.HasAsked && time.GetElapsedTime(entry.AskedAt, now) < s_interval))
            {
                return;
            }

            entry.IsAsking = entry.HasAsked = true;
            entry.AskedAt = now;
        }

        // On the pool: the caller is the timer of all deadlines.
        _ = Task.Run(() => AskAsync(queue, entry));
    }

    /// <summary>A reply has come, so somebody serves the queue.</summary>
    /// <param name="queue">The queue.</param>
    public void HeardFrom(string queue)
    {
        // Usually there is no such queue, and replies are many.
        if (_anyAbandoned && _queues.TryGetValue(queue, out var entry))
        {
            lock (entry)
            {
                entry.IsAbandoned = false;
            }
        }
    }

    /// <summary>What is known now.</summary>
    /// <param name="queue">The queue.</param>
    public RpcDiagnosis Describe(string queue)
    {
        var state = transport.State;
        var diagnosis = new RpcDiagnosis
        {
            Connected = state.IsConnected,
            Blocked = state.IsBlocked,
            ConnectionAge = time.GetElapsedTime(state.Since),
        };
        if (!_queues.TryGetValue(queue, out var entry))
        {
            return diagnosis;
        }

        lock (entry)
        {
            return entry.Counts is { } counts
                ? diagnosis with { QueueDepth = counts.Messages, Consumers = counts.Consumers, QueueAge = time.GetElapsedTime(entry.AnsweredAt) }
                : diagnosis;
        }
    }

    private async Task AskAsync(string queue, Entry entry)
    {
        QueueState? counts = null;
        try
        {
            counts = await transport.QueryAsync(queue).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // No answer, no figures: the call's own outcome is what counts.
        }

        lock (entry)
        {
            entry.IsAsking = false;
            entry.Counts = counts;
            entry.IsAbandoned = counts is { Consumers: 0 };
            _anyAbandoned |= entry.IsAbandoned;
            entry.AnsweredAt = time.GetTimestamp();
        }
    }

    private sealed class Entry
    {
        public bool IsAsking;
        public bool IsAbandoned;
        public bool HasAsked;
        public long AskedAt;
        public long AnsweredAt;
        public QueueState? Counts;
    }
}
