using Polly;
using Polly.Retry;
using Rpc.Calls;

namespace Rpc.Client.Retry;

/// <summary>One call that is made again when it fails in a way that allows it, inside its deadline. Used by one call.</summary>
/// <param name="site">Which call it is; its start is the first attempt's, so all attempts share the deadline.</param>
/// <param name="timeout">The duration that made the deadline.</param>
/// <param name="options">How often and when.</param>
/// <param name="budget">The client's.</param>
internal sealed class RetryingCall(CallSite site, TimeSpan timeout, RpcRetryOptions options, RetryBudget budget)
{
    private int _attempts = 1;
    private bool _movedOn;

    /// <summary>Makes the attempts after a failed first one.</summary>
    /// <typeparam name="TResult">The result's type.</typeparam>
    /// <param name="first">The first attempt's failure.</param>
    /// <param name="attempt">Makes one attempt.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="RpcException">The last attempt's failure.</exception>
    public async Task<TResult> ContinueAsync<TResult>(RpcException first, Func<Task<TResult>> attempt, CancellationToken cancellationToken)
    {
        // Polly's first execution stands for the attempt that has been made: usual calls succeed at once and never come here.
        var failed = first;
        return await CreatePipeline().ExecuteAsync(
            async _ =>
            {
                if (Interlocked.Exchange(ref failed, null) is { } made)
                {
                    throw made;
                }

                _attempts++;
                return await attempt().ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private ResiliencePipeline CreatePipeline() => new ResiliencePipelineBuilder { TimeProvider = site.Time }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = int.MaxValue, // ShouldRetry counts: a draining server's call is not one of them
            ShouldHandle = args => new ValueTask<bool>(args.Outcome.Exception is RpcException failure && ShouldRetry(failure)),
            DelayGenerator = args => new ValueTask<TimeSpan?>(DelayBefore((RpcException)args.Outcome.Exception!)),
        })
        .Build();

    private bool ShouldRetry(RpcException failure)
    {
        if (!RetryRules.Allows(failure, site.Method) || Left <= TimeSpan.Zero)
        {
            return false;
        }

        if (RetryRules.IsFree(failure) && !_movedOn)
        {
            _movedOn = true;
            return true;
        }

        return _attempts < options.MaxAttempts && Backoff() < Left && budget.TrySpend();
    }

    // What the wait would be at least; when the deadline comes before, the failure is told now rather than a deadline later.
    private TimeSpan Backoff()
    {
        var doubled = options.Delay.TotalMilliseconds * Math.Pow(2, _attempts - 1);
        return TimeSpan.FromMilliseconds(Math.Min(doubled, options.MaxDelay.TotalMilliseconds) / 2);
    }

    private TimeSpan DelayBefore(RpcException failure)
    {
        if (RetryRules.IsFree(failure))
        {
            return TimeSpan.Zero;
        }

        var delay = Backoff() * (1 + (2 * Random.Shared.NextDouble())); // half of it either way
        var left = Left;
        return delay < left ? delay : left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private TimeSpan Left => timeout - site.Elapsed;
}
