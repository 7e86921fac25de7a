using System.Collections.Concurrent;
using Rpc.Batching;

namespace Rpc.Calls;

/// <summary>
/// Decides which calls of one request queue travel together: only with servers that have shown that they understand it, only while the work of a batch
/// stays small, and never many more at once than have just gone well. Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="isOn">Whether the client batches at all.</param>
internal sealed class BatchPolicy(TimeProvider time, bool isOn)
{
    /// <summary>The most work in one batch, in microseconds: a batch occupies one server, and another one may be idle.</summary>
    private const double Budget = 1000;

    // After a server that does not understand batches has been met.
    private static readonly TimeSpan s_pause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<RpcMethod, MethodCost> _costs = new();
    private volatile bool _understood;
    private volatile bool _paused;
    private long _pausedAt;
    private int _cap = 1;

    /// <summary>Whether requests are written as batches, be it of one call.</summary>
    public bool IsOn => isOn && _understood && !(_paused && time.GetElapsedTime(Volatile.Read(ref _pausedAt)) < s_pause);

    /// <summary>How many calls a batch may have now.</summary>
    public int Cap => Volatile.Read(ref _cap);

    /// <summary>Whether a call can share its batch with others, given what is in it.</summary>
    /// <param name="method">What the call's method costs.</param>
    /// <param name="now">The time, in the clock's timestamps.</param>
    /// <param name="spent">What the batch costs so far, in microseconds; the call's cost is added.</param>
    /// <returns><see langword="false"/> if the call does not fit, or goes alone.</returns>
    public static bool TryJoin(MethodCost method, long now, ref double spent)
    {
        // What is unknown may take long, and what takes half of the budget gains nothing from company.
        if (method.At(now) is not { } cost || cost > Budget / 2 || spent + cost > Budget)
        {
            return false;
        }

        spent += cost;
        return true;
    }

    /// <summary>What the methods cost that are known, in microseconds.</summary>
    public IEnumerable<(RpcMethod Method, double Microseconds)> Costs =>
        _costs.Where(static pair => pair.Value.Microseconds is not null).Select(static pair => (pair.Key, pair.Value.Microseconds ?? 0));

    /// <summary>A server has shown that it knows our wire.</summary>
    public void Understood() => _understood = true;

    /// <summary>A server has shown that it does not.</summary>
    public void NotUnderstood()
    {
        Volatile.Write(ref _pausedAt, time.GetTimestamp());
        _paused = true;
    }

    /// <summary>A reply has come that names its handler's time.</summary>
    /// <param name="call">The call.</param>
    /// <param name="microseconds">The handler's time; 0 if it was not run.</param>
    /// <param name="now">The time, in the clock's timestamps.</param>
    public void Answered(PendingCall call, long microseconds, long now)
    {
        if (microseconds > 0)
        {
            call.Target.Cost.Took(microseconds, now);
        }

        if (call.Batch is { } batch && batch.TryMarkAnswered())
        {
            Grow(batch);
        }
    }

    /// <summary>A batch has come back. At most doubled by each that was as large as allowed.</summary>
    /// <param name="batch">The batch.</param>
    public void Grow(SentBatch batch)
    {
        var cap = Volatile.Read(ref _cap);
        if (batch.Calls >= cap && cap < BatchFormat.MaxFrames)
        {
            Interlocked.CompareExchange(ref _cap, Math.Min(cap * 2, BatchFormat.MaxFrames), cap);
        }
    }

    /// <summary>What is learned of a method.</summary>
    /// <param name="method">The method.</param>
    public MethodCost CostOf(RpcMethod method) => _costs.GetOrAdd(method, static (_, time) => new MethodCost(time), time);
}
