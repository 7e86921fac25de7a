using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Rpc.Diagnostics;

namespace Rpc.Transport.RabbitMq;

/// <summary>Tries something for as long as it takes, waiting longer and longer between attempts, with jitter: a broker that comes back must not meet all of its clients in the same instant.</summary>
internal static class Backoff
{
    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_most = TimeSpan.FromSeconds(10);

    /// <summary>A generation that lived less than this counts as a failed attempt: what opens and dies at once must not be reopened in a tight loop.</summary>
    private static readonly TimeSpan s_shortLife = TimeSpan.FromSeconds(1);

    /// <summary>Makes the pipeline that opens one thing.</summary>
    /// <param name="what">The thing, for the log.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">The log.</param>
    public static ResiliencePipeline Create(string what, TimeProvider time, ILogger log) => new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = s_first,
            MaxDelay = s_most,
            ShouldHandle = new PredicateBuilder().Handle<Exception>(static exception => exception is not OperationCanceledException),
            OnRetry = args =>
            {
                log.AttemptFailed(args.AttemptNumber + 1, what, args.RetryDelay, args.Outcome.Exception?.Message ?? "no reason");
                return default;
            },
        })
        .Build();

    /// <summary>Waits a moment if what has just ended had hardly begun.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="opened">When it was opened, in the clock's timestamps.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static Task AfterLifeAsync(TimeProvider time, long opened, CancellationToken cancellationToken) =>
        time.GetElapsedTime(opened) < s_shortLife
            ? Task.Delay(s_first * (1 + Random.Shared.NextDouble()), time, cancellationToken)
            : Task.CompletedTask;
}
