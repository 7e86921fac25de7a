namespace Rpc;

/// <summary>
/// How calls that failed are made again, inside their deadlines. Immutable and safe to share.
/// </summary>
/// <remarks>
/// Made again are calls that did not run, where another server or a moment later may do better (Unavailable with NoServer, NotConnected, Draining or
/// Rejected); and, of methods marked <see cref="RpcMethodAttribute.Idempotent"/>, also calls that may have run (other Unavailable, and
/// Aborted/Redelivered). Nothing else: a refusal by the service stands. A client makes at most one call again for ten that it makes, in the long run.
/// </remarks>
public sealed record RpcRetryOptions
{
    /// <summary>Calls are made once.</summary>
    public static RpcRetryOptions None { get; } = new() { MaxAttempts = 1 };

    /// <summary>How often a call is made at most, with the first time: 1 to 100.</summary>
    /// <value>The default is 3.</value>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>The wait before the second attempt, doubled before each further one, with jitter of half of it either way: positive, at most a minute.</summary>
    /// <value>The default is 100 ms. Draining servers are left at once, without a wait.</value>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait between two attempts: at least <see cref="Delay"/>, at most an hour.</summary>
    /// <value>The default is 2 s.</value>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(2);

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
    }
}
