using Polly;
using Polly.Retry;
using Rpc.Calls;

namespace Rpc.Client.Retry;

/// <summary>
/// Makes the failed calls of one client again, where <see cref="RetryRules"/> allow it. It stands inside all filters, and calls that succeed at once never
/// come here: that is why it is no filter in the chain, which each call would pay for.
/// </summary>
/// <param name="client">The client.</param>
/// <param name="options">The limits.</param>
/// <param name="time">The client's clock.</param>
/// <param name="budget">The client's budget.</param>
internal sealed class CallRetrier(RpcClient client, RpcRetryOptions options, TimeProvider time, RetryBudget budget) : ICallRetrier
{
    private static readonly ResiliencePropertyKey<RetryRules> s_rules = new("rules");

    private readonly ResiliencePipeline _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = int.MaxValue, // the rules count
            ShouldHandle = static args => new ValueTask<bool>(args.Outcome.Exception is RpcException failure && RulesOf(args.Context).TryNext(failure)),
            DelayGenerator = static args => new ValueTask<TimeSpan?>(RulesOf(args.Context).Delay),
        })
        .Build();

    /// <inheritdoc/>
    public bool TryTakeOver<TResult>(PendingCall<TResult> failed, RpcException failure)
    {
        if (!RetryRules.Allows(failure, failed.Site.Method))
        {
            return false;
        }

        // Away from the loop or timer that ended the call, and without its execution context.
        ThreadPool.UnsafeQueueUserWorkItem(static again => _ = again.Retrier.RunAsync(again.Failed, again.Failure), (Retrier: this, Failed: failed, Failure: failure), preferLocal: false);
        return true;
    }

    private static RetryRules RulesOf(ResilienceContext context) => context.Properties.GetValue(s_rules, null!);

    private async Task RunAsync<TResult>(PendingCall<TResult> failed, RpcException failure)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(failed.CallersToken, failed.ServedCallsToken, client.Stopping);
        var context = ResilienceContextPool.Shared.Get(stopping.Token);
        var rules = new RetryRules(options, budget, failed.Site, failed.Timeout);
        context.Properties.Set(s_rules, rules);
        try
        {
            // Polly's first execution stands for the attempt that has been made.
            var made = failure;
            failed.SetResult(await _pipeline.ExecuteAsync(
                async _ => Interlocked.Exchange(ref made, null) is { } first
                    ? throw first
                    : await AgainAsync(failed, rules).ConfigureAwait(false),
                context).ConfigureAwait(false));
        }
        catch (OperationCanceledException cancelled)
        {
            if (TokenOf(failed, cancelled) is { } token)
            {
                failed.SetCancelled(token);
            }
            else
            {
                failed.SetFailure(CallFailures.Disposed(failed.Site, sent: rules.MayHaveRun || failure.MayHaveRun));
            }
        }
        catch (RpcException last) when (rules.MayHaveRun && last is { MayHaveRun: false, Failure: { } of })
        {
            // What the last attempt promises holds for the last attempt only.
            failed.SetFailure(CallFailures.MayHaveRunBefore(of, last));
        }
        catch (Exception exception)
        {
            failed.SetFailure(exception);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private Task<TResult> AgainAsync<TResult>(PendingCall<TResult> failed, RetryRules rules)
    {
        // The wait has taken longer than it should. What the call failed of says more than that its time is up.
        if (failed.Left <= TimeSpan.Zero)
        {
            throw rules.Last!;
        }

        client.Telemetry.Retrying(failed.Site.Method, failed.Headers, rules.Last!, rules.Attempts);
        return client.StartAgainAsync(failed, rules.Attempts);
    }

    // Whose token ended the wait, or the attempt; none if the client was disposed.
    private static CancellationToken? TokenOf(PendingCall call, OperationCanceledException cancelled) =>
        cancelled.CancellationToken == call.ServedCallsToken && call.ServedCallsToken.CanBeCanceled ? call.ServedCallsToken
        : call.CallersToken.IsCancellationRequested ? call.CallersToken
        : call.ServedCallsToken.IsCancellationRequested ? call.ServedCallsToken
        : null;
}
