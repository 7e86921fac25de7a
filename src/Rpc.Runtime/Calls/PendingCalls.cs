using Rpc.Transport;

namespace Rpc.Calls;

/// <summary>
/// The table of one client's calls, from entering the proxy's method to the end: add, complete, return, fail. Thread-safe; nothing else holds a call.
/// </summary>
internal sealed partial class PendingCalls : IDisposable
{
    private readonly CallMap _calls = new();
    private readonly IClientTransport _transport;
    private readonly TimeProvider _time;
    private readonly SteadyClock _clock;
    private readonly DeadlineWheel _deadlines;
    private readonly QueueDiagnoses _diagnoses;
    private readonly SilenceWatch _silence;
    private int _inFlight;
    private volatile bool _disposed;

    public PendingCalls(IClientTransport transport, TimeProvider time)
    {
        _transport = transport;
        _time = time;
        _clock = new SteadyClock(time, ahead: true);
        _deadlines = new DeadlineWheel(time);
        _diagnoses = new QueueDiagnoses(transport, time);
        _silence = new SilenceWatch(transport, time, Ids.Prefix);
        DeadlinePassed = MakeDeadlinePassed;
    }

    /// <summary>The correlation ids of the client's calls.</summary>
    public CallIds Ids { get; } = new();

    /// <summary>How many calls have not ended.</summary>
    public int Count => _calls.Count;

    /// <summary>How many callers wait, those whose calls are about to be made again included.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>How many deadlines wait.</summary>
    public int DeadlineCount => _deadlines.Count;

    /// <summary>How many calls run at servers that have said so, and are watched.</summary>
    public int WatchedCount => _silence.Count;

    /// <summary>Whether the client is gone, so that no call may start.</summary>
    public bool IsDisposed => _disposed;

    /// <summary>The time of day for requests, in milliseconds since 1970 (UTC).</summary>
    public long TimeOfDay => _clock.Now;

    /// <summary>Makes the failure of a call whose time is up.</summary>
    public Func<PendingCall, bool, RpcException> DeadlinePassed { get; }

    /// <summary>Takes one of the places that calls under way may have, if there is one.</summary>
    /// <param name="limit">How many there are.</param>
    public bool TryEnter(int limit)
    {
        if (Interlocked.Increment(ref _inFlight) <= limit)
        {
            return true;
        }

        Interlocked.Decrement(ref _inFlight);
        return false;
    }

    /// <summary>Gives a place back.</summary>
    public void Leave() => Interlocked.Decrement(ref _inFlight);

    /// <summary>Has something else expire by the calls' clock.</summary>
    public void Watch(DeadlineEntry entry, TimeSpan due) => _deadlines.Add(entry, due);

    /// <summary>Takes it back.</summary>
    public void Unwatch(DeadlineEntry entry) => _deadlines.Remove(entry);

    /// <summary>What is known of a queue and the connection.</summary>
    public RpcDiagnosis Diagnose(string queue) => _diagnoses.Describe(queue);

    /// <summary>Adds a call and starts its deadline.</summary>
    /// <param name="call">The call, complete.</param>
    /// <param name="now">The time, in the clock's timestamps.</param>
    public void Add(PendingCall call, long now)
    {
        _calls.Add(call);
        _deadlines.Add(call, call.LeftAt(now) / 2, now);

        // The sweep of Dispose may have run between the caller's look at IsDisposed and the line above.
        if (_disposed)
        {
            Dispose(call);
        }
    }

    /// <summary>Tells the server that runs a call to stop, where it is known. Where it is not, its first sign of life will find no call here.</summary>
    /// <param name="call">The call, ended.</param>
    public void CancelAtServer(PendingCall call)
    {
        if (call.Server?.InstanceQueue is { } instance)
        {
            Cancel(instance, Ids.Format(call.Number));
        }
    }

    /// <summary>Requests can be sent again.</summary>
    public void SendingPossible() => _silence.Restart();

    /// <summary>A call has waited half its time.</summary>
    /// <param name="call">The call.</param>
    /// <param name="sent">Whether it was sent.</param>
    public void WaitsLong(PendingCall call, bool sent)
    {
        _deadlines.Add(call, call.Left);
        if (call.HasEnded)
        {
            _deadlines.Remove(call); // its end may have looked for it just before the line above
        }
        else if (sent)
        {
            _diagnoses.Ask(call.Site.Queue);
        }
    }

    /// <summary>Ends every call that was sent through a link that is lost. Those that still wait to be sent go on waiting.</summary>
    /// <param name="link">The link; its <see cref="IClientLink.IsOpen"/> is <see langword="false"/> already.</param>
    /// <param name="loss">Why it was lost.</param>
    public void FailSentThrough(IClientLink link, Loss loss)
    {
        foreach (var call in _calls.ToList())
        {
            if (call.IsSentThrough(link) && (loss.Refused || !call.Outlives(link)))
            {
                call.Fail((lost, _) => CallFailures.LinkLost(lost.Site, loss));
            }
        }
    }

    /// <summary>Ends every call that was sent through another link than the one that is open now.</summary>
    /// <param name="current">The link.</param>
    /// <param name="loss">Why their replies will not come.</param>
    public void FailSentBefore(IClientLink current, Loss loss)
    {
        foreach (var call in _calls.ToList())
        {
            if (call.Link is { } link && link != current && call.IsSentThrough(link))
            {
                call.Fail((lost, _) => CallFailures.LinkLost(lost.Site, loss));
            }
        }
    }

    /// <summary>Ends every call, and lets no other start.</summary>
    public void Dispose()
    {
        _disposed = true;
        foreach (var call in _calls.ToList())
        {
            Dispose(call);
        }

        _deadlines.Dispose();
        _silence.Dispose();
    }

    /// <summary>Called by the call itself, when it ends.</summary>
    /// <param name="call">The call.</param>
    internal void Remove(PendingCall call)
    {
        _calls.Remove(call);
        _deadlines.Remove(call);
        _silence.Forget(call);
    }

    private static void Dispose(PendingCall call) => call.Fail(static (ended, sent) => CallFailures.Disposed(ended.Site, sent));

    // Best effort: a server that is not told goes on until the call's deadline.
    private void Cancel(string instance, string correlationId) =>
        _ = _transport.Link?.TryTellAsync(new ControlMessage(instance, Wire.CancelContentType, correlationId)).AsTask();

    private RpcException MakeDeadlinePassed(PendingCall call, bool sent) =>
        CallFailures.DeadlinePassed(call.Site, call.Timeout, sent, _diagnoses.Describe(call.Site.Queue));
}
