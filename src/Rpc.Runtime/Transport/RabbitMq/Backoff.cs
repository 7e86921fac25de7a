using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Rpc.Diagnostics;

namespace Rpc.Transport.RabbitMq;

/// <summary>
/// Opens one thing again and again, for as long as it takes, waiting longer and longer, with jitter: a broker that comes back must not meet all of its
/// clients in the same instant. What opens and is lost at once counts as failed too, so nothing is reopened in a tight loop. Used by one loop.
/// </summary>
internal sealed class Backoff
{
    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_most = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_shortLife = TimeSpan.FromSeconds(5);

    private readonly string _what;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ResiliencePipeline _pipeline;
    private int _shortLives;

    /// <param name="what">What is opened, for the log.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">The log.</param>
    public Backoff(string what, TimeProvider time, ILogger log)
    {
        _what = what;
        _time = time;
        _log = log;
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = s_first,
                MaxDelay = s_most,

                // The library cancels its own operations when they take too long. Only our own token ends the attempts.
                ShouldHandle = static args => new ValueTask<bool>(args.Outcome.Exception is not null && !args.Context.CancellationToken.IsCancellationRequested),
                OnRetry = args =>
                {
                    log.AttemptFailed(args.AttemptNumber + 1, what, args.RetryDelay, args.Outcome.Exception!.Message);
                    return default;
                },
            })
            .Build();
    }

    /// <summary>Opens it, however many attempts that takes.</summary>
    /// <param name="open">One attempt.</param>
    /// <param name="stopping">Ends the attempts.</param>
    public async Task<T> OpenAsync<T>(Func<CancellationToken, Task<T>> open, CancellationToken stopping) =>
        await _pipeline.ExecuteAsync(async token => await open(token).ConfigureAwait(false), stopping).ConfigureAwait(false);

    /// <summary>Waits, if what has been lost had not lived long: longer each time in a row.</summary>
    /// <param name="opened">When it was opened, in the clock's timestamps.</param>
    /// <param name="reason">Why it was lost.</param>
    /// <param name="stopping">Ends the wait.</param>
    public async Task AfterLossAsync(long opened, string reason, CancellationToken stopping)
    {
        if (_time.GetElapsedTime(opened) >= s_shortLife)
        {
            _shortLives = 0;
            return;
        }

        var doubled = s_first * Math.Pow(2, Math.Min(_shortLives++, 10));
        var delay = (doubled < s_most ? doubled : s_most) * (0.5 + (Random.Shared.NextDouble() / 2));
        if (_shortLives >= 3)
        {
            _log.KeepsFailing(_what, _shortLives, delay, reason);
        }

        await Task.Delay(delay, _time, stopping).ConfigureAwait(false);
    }
}
