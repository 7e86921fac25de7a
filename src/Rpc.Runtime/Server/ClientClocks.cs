using Rpc.Calls;
using Rpc.Transport;

namespace Rpc.Server;

/// <summary>
/// Tells how long requests were under way, although the clocks of callers and server need not agree: the difference between a request's arrival, by the
/// server's clock, and its sending, by the caller's, is the time it took plus what the clocks differ by. The smallest such difference seen of a caller
/// lately stands for a request that took no time. So the age errs towards young: the first requests of a caller count as new. Thread-safe.
/// </summary>
internal sealed class ClientClocks(TimeProvider time)
{
    // Clocks drift, and a caller's may be set: a smallest difference is forgotten after five to ten minutes.
    private static readonly TimeSpan s_period = TimeSpan.FromMinutes(5);

    // So many callers are remembered; whoever sends ever new names for itself only makes its own requests young.
    private const int MaxClients = 10_000;

    // Never set forward: a jump would make everything look old.
    private readonly SteadyClock _clock = new(time, ahead: false);
    private readonly Lock _gate = new();
    private Dictionary<string, long> _smallest = new(StringComparer.Ordinal);
    private Dictionary<string, long> _former = new(StringComparer.Ordinal);
    private long _periodStart = time.GetTimestamp();

    /// <summary>How many names of callers are remembered; some twice.</summary>
    internal int Remembered
    {
        get
        {
            lock (_gate)
            {
                return _smallest.Count + _former.Count;
            }
        }
    }

    /// <summary>How long a request was under way.</summary>
    /// <param name="correlationId">Its correlation id, which says whose clock it is.</param>
    /// <param name="sentAt">When it was sent, in milliseconds since 1970 by the caller's clock.</param>
    public TimeSpan AgeOf(in CorrelationId correlationId, long sentAt)
    {
        // The caller's word can be any number.
        var now = _clock.Now;
        var client = correlationId.Caller;
        if (client.IsEmpty || sentAt < 0 || sentAt > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
        {
            return TimeSpan.Zero;
        }

        var difference = now - sentAt;
        lock (_gate)
        {
            if (time.GetElapsedTime(_periodStart) >= s_period || _smallest.Count >= MaxClients)
            {
                (_former, _smallest) = (_smallest, _former);
                _smallest.Clear();
                _periodStart = time.GetTimestamp();
            }

            var known = _smallest.GetAlternateLookup<ReadOnlySpan<char>>();
            if (!known.TryGetValue(client, out var smallest) || difference < smallest)
            {
                known[client] = smallest = difference;
            }

            if (_former.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(client, out var former) && former < smallest)
            {
                smallest = former;
            }

            return TimeSpan.FromMilliseconds(difference - smallest);
        }
    }
}
