namespace Rpc;

/// <summary>
/// How calls that failed are made again, inside their deadlines. Immutable and safe to share.
/// </summary>
/// <remarks>
/// <para>
/// Made again are calls that did not run, where another server or a moment later may do better: NoServer, NotConnected, Busy and Draining; and, of
/// methods marked <see cref="RpcMethodAttribute.Idempotent"/>, also calls that may have run: every other Unavailable but Refused and Disposed, and
/// Aborted/Redelivered. Nothing else: what a service itself says stands. Each attempt is a call of its own, so a late reply to an earlier one is dropped.
/// </para>
/// <para>
/// All calls of a client share a budget: each call earns a tenth of a retry, each retry costs one, and a hundred are there to begin with. So when everything
/// fails, load grows by a tenth and not by a factor. A draining server's calls go to another one at once, once a call, outside the budget.
/// </para>
/// </remarks>
public sealed record RpcRetryOptions
{
    /// <summary>Calls are made once.</summary>
    public static RpcRetryOptions None { get; } = new() { MaxAttempts = 1 };

    /// <summary>The default options.</summary>
    public static RpcRetryOptions Default { get; } = new();

    /// <summary>How often a call is made at most, with the first time: 1 to 100. After Aborted/Redelivered never more than 3 times.</summary>
    /// <value>The default is 3. The attempts of <see cref="NoServerWindow"/> do not count; with 1, nothing at all is made again.</value>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>The wait before the second attempt, doubled before each further one, with jitter of half of it either way: positive, at most a minute.</summary>
    /// <value>The default is 100 ms.</value>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait between two attempts: at least <see cref="Delay"/>, at most an hour.</summary>
    /// <value>The default is 2 s.</value>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// For how long a call is made again that no queue exists for, from its first attempt: not negative, at most an hour. So a client that starts just
    /// before its server works, and a service that nobody serves is still told quickly.
    /// </summary>
    /// <value>The default is 1 s.</value>
    public TimeSpan NoServerWindow { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Throws if an option is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The message names the option, what it is and what it may be.</exception>
    public void Validate()
    {
        if (MaxAttempts is < 1 or > 100)
        {
            throw new ArgumentOutOfRangeException(nameof(MaxAttempts), MaxAttempts, "Retry.MaxAttempts must be 1 to 100.");
        }

        if (Delay <= TimeSpan.Zero || Delay > TimeSpan.FromMinutes(1))
        {
            throw new ArgumentOutOfRangeException(nameof(Delay), Delay, "Retry.Delay must be positive and at most a minute.");
        }

        if (MaxDelay < Delay || MaxDelay > TimeSpan.FromHours(1))
        {
            throw new ArgumentOutOfRangeException(nameof(MaxDelay), MaxDelay, "Retry.MaxDelay must be at least Retry.Delay and at most an hour.");
        }

        if (NoServerWindow < TimeSpan.Zero || NoServerWindow > TimeSpan.FromHours(1))
        {
            throw new ArgumentOutOfRangeException(nameof(NoServerWindow), NoServerWindow, "Retry.NoServerWindow must not be negative, and at most an hour.");
        }
    }
}
