using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>How long and how often failed calls are made again. The clients' clocks stand until they are moved.</summary>
public abstract class RetryLimitsConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    private static readonly RpcRetryOptions s_default = new();

    [Fact]
    public async Task Missing_service_is_told_after_the_window()
    {
        var clock = CreateClock();
        var client = await ConnectAsync(new RpcClientOptions { TimeProvider = clock.Time, Retry = s_default });

        var call = Proxy<ITrial>(client).Run("q");
        await Eventually.IsTrueAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromMilliseconds(20));
                return call.IsCompleted;
            },
            "the call ends");

        var failure = await FailsAsync(call, RpcStatus.Unavailable, RpcReason.NoServer, mayHaveRun: false);
        Assert.InRange(failure.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4));
        AssertNothingPending(client);
    }

    [Fact]
    public async Task Attempts_share_one_deadline()
    {
        var (raw, reader, clock, client) = await StartAsync(new RpcRetryOptions { MaxAttempts = 100, MaxDelay = TimeSpan.FromMilliseconds(200) });
        var call = Proxy<ITrial>(client).With(new RpcCallOptions { Timeout = TimeSpan.FromSeconds(2) }).Run("q");
        var answering = AnswerAsync();

        await Eventually.IsTrueAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromMilliseconds(5));
                return call.IsCompleted;
            },
            "the call ends");

        var failure = await Assert.ThrowsAsync<RpcException>(() => call);
        Assert.False(failure.MayHaveRun && failure.Reason != RpcReason.NoReply, failure.Message);
        Assert.InRange(failure.Elapsed, TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(2.1));
        AssertNothingPending(client);
        await raw.PublishAsync(Queue, TrialMessages.Request("Run", "end"));
        await answering.WithinDeadlineAsync();

        async Task AnswerAsync()
        {
            while (await reader.NextAsync() is var request && TrialMessages.ArgumentOf(request) != "end")
            {
                Assert.InRange(request.TimeToLive!.Value, 1, 2000);
                await raw.FailAsync(request, RpcStatus.ResourceExhausted, RpcReason.Busy, mayHaveRun: false);
            }
        }
    }

    [Fact]
    public async Task Retries_of_all_calls_together_have_a_budget()
    {
        const int Calls = 400;
        var (raw, reader) = await ServeByHandAsync();
        var client = await ConnectAsync(new RpcClientOptions
        {
            Retry = new RpcRetryOptions { MaxAttempts = 3, Delay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(1) },
        });
        var trial = Proxy<ITrial>(client);
        var answering = AnswerAsync();

        for (var i = 0; i < Calls; i++)
        {
            await FailsAsync(trial.Run("q").WithinDeadlineAsync(), RpcStatus.ResourceExhausted, RpcReason.Busy, mayHaveRun: false);
        }

        await raw.PublishAsync(Queue, TrialMessages.Request("Run", "end"));

        // A full bucket of a hundred, and a tenth for each call once it is not full any more. Without a budget it would be two for each.
        Assert.InRange(await answering.WithinDeadlineAsync() - Calls, 100, 100 + (Calls / 10));

        async Task<int> AnswerAsync()
        {
            var count = 0;
            while (await reader.NextAsync() is var request && TrialMessages.ArgumentOf(request) != "end")
            {
                count++;
                await raw.FailAsync(request, RpcStatus.ResourceExhausted, RpcReason.Busy, mayHaveRun: false);
            }

            return count;
        }
    }

    [Fact]
    public async Task Client_is_disposed_between_two_attempts()
    {
        var (raw, reader, _, client) = await StartAsync(s_default);
        var call = Proxy<ITrial>(client).Run("q");
        await raw.FailAsync(await reader.NextAsync(), RpcStatus.ResourceExhausted, RpcReason.Busy, mayHaveRun: false);
        await Eventually.IsTrueAsync(() => client.Calls.Count == 0, "the attempt has failed");

        await client.DisposeAsync();

        await FailsAsync(call.WithinDeadlineAsync(), RpcStatus.Unavailable, RpcReason.Disposed, mayHaveRun: false);
        Assert.Equal(0, client.Calls.InFlight);
    }

    [Fact]
    public async Task What_one_attempt_may_have_done_is_not_forgotten_by_the_next()
    {
        var (raw, reader, clock, client) = await StartAsync(s_default with { MaxAttempts = 2 });
        var call = Proxy<ITrial>(client).Repeat("q");

        await raw.FailAsync(await reader.NextAsync(), RpcStatus.Aborted, RpcReason.Redelivered, mayHaveRun: true);
        await raw.FailAsync(await reader.NextAsync(clock), RpcStatus.ResourceExhausted, RpcReason.Busy, mayHaveRun: false);

        await FailsAsync(call.WithinDeadlineAsync(), RpcStatus.ResourceExhausted, RpcReason.Busy, mayHaveRun: true);
    }

    private async Task<(IRawSide Raw, IRawReader Reader, ManualClock Clock, RpcClient Client)> StartAsync(RpcRetryOptions retry)
    {
        var (raw, reader) = await ServeByHandAsync();
        var clock = CreateClock();
        return (raw, reader, clock, await ConnectAsync(new RpcClientOptions { TimeProvider = clock.Time, Retry = retry }));
    }
}
