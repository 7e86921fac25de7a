using Rpc.Calls;

namespace Rpc.Client.Retry;

/// <summary>Decides, failure by failure, whether one call is made again and when. Used by one call.</summary>
/// <param name="options">The limits.</param>
/// <param name="budget">The client's budget.</param>
/// <param name="site">The call; its start is the first attempt's, so all attempts share the deadline.</param>
/// <param name="timeout">The duration that made the deadline.</param>
internal sealed class RetryRules(RpcRetryOptions options, RetryBudget budget, CallSite site, TimeSpan timeout)
{
    // A request that kills its server comes back as Redelivered each time: no options make it kill more servers than this.
    private const int MaxAttemptsAfterLoss = 3;

    private int _counted = 1; // the attempts that MaxAttempts counts
    private int _waits;
    private bool _movedOn;

    /// <summary>How many attempts have been made.</summary>
    public int Attempts { get; private set; } = 1;

    /// <summary>Whether any attempt may have run.</summary>
    public bool MayHaveRun { get; private set; }

    /// <summary>Whether a call that ended so may be made again at all.</summary>
    public static bool Allows(RpcException failure, RpcMethod method) => failure switch
    {
        { Status: RpcStatus.Unavailable, Reason: RpcReason.NoServer or RpcReason.NotConnected or RpcReason.Draining, MayHaveRun: false } => true,
        { Status: RpcStatus.ResourceExhausted, Reason: RpcReason.Busy, MayHaveRun: false } => true,
        _ when !method.Idempotent => false,
        { Status: RpcStatus.Unavailable, Reason: not (RpcReason.Disposed or RpcReason.Refused or RpcReason.None) } => true,
        { Status: RpcStatus.ResourceExhausted, Reason: RpcReason.Busy } => true,
        { Status: RpcStatus.Aborted, Reason: RpcReason.Redelivered } => true,
        _ => false,
    };

    /// <summary>How the latest attempt failed.</summary>
    public RpcException? Last { get; private set; }

    /// <summary>How long to wait before the next attempt.</summary>
    public TimeSpan Delay { get; private set; }

    /// <summary>Decides after a failed attempt.</summary>
    /// <param name="failure">How it failed.</param>
    /// <returns>Whether there is a next one, after <see cref="Delay"/>.</returns>
    public bool TryNext(RpcException failure)
    {
        Delay = TimeSpan.Zero;
        MayHaveRun |= failure.MayHaveRun;
        Last = failure;
        var left = timeout - site.Elapsed;
        if (!Allows(failure, site.Method) || left <= TimeSpan.Zero)
        {
            return false;
        }

        // The server is leaving, and another one takes its calls. Once: where all are leaving, it is like any other failure.
        if (failure.Reason == RpcReason.Draining && !_movedOn)
        {
            _movedOn = true;
            Attempts++;
            return true;
        }

        // An attempt that would come too late is none: the failure is told now, and not a deadline later as another one.
        var delay = Backoff() * (0.5 + Random.Shared.NextDouble()); // half of it either way
        if (!MayTry(failure) || delay >= left || !budget.TrySpend(failure.Reason))
        {
            return false;
        }

        Attempts++;
        _waits++;
        Delay = delay;
        return true;
    }

    private bool MayTry(RpcException failure)
    {
        if (failure.Reason == RpcReason.NoServer)
        {
            return site.Elapsed < options.NoServerWindow;
        }

        var most = failure.Reason == RpcReason.Redelivered ? Math.Min(options.MaxAttempts, MaxAttemptsAfterLoss) : options.MaxAttempts;
        return _counted++ < most;
    }

    private TimeSpan Backoff()
    {
        var doubled = options.Delay.TotalMilliseconds * Math.Pow(2, Math.Min(_waits, 30));
        return TimeSpan.FromMilliseconds(Math.Min(doubled, options.MaxDelay.TotalMilliseconds));
    }
}
