using System.Diagnostics.CodeAnalysis;
using Rpc.Calls;
using Rpc.Client.Retry;
using Rpc.Runtime.Tests.Calls;
using Rpc.Serialization;
using Rpc.Transport;
using static Rpc.Runtime.Tests.Client.ScriptedClient;

namespace Rpc.Runtime.Tests.Client;

/// <summary>Calls that are made again: what is sent, how they end, and what is left.</summary>
public sealed class CallRetrierTests
{
    private static readonly Action<ScriptedClient, RequestMessage> s_busy = Fault(RpcStatus.ResourceExhausted, RpcReason.Busy);
    private static readonly Action<ScriptedClient, RequestMessage> s_lost = Fault(RpcStatus.Aborted, RpcReason.Redelivered, mayHaveRun: true);

    [Fact]
    public async Task Each_attempt_IsACallOfItsOwnWithTheSameArguments()
    {
        await using var client = await StartAsync(null, s_busy, s_busy, Result("42"));

        Assert.Equal(42, await client.ResultOfAsync(client.CallAsync()));
        var sent = client.Sent.ToArray();
        Assert.Equal([1, 2, 3], sent.Select(static request => request.Attempt));
        Assert.Equal(3, sent.Select(static request => request.CorrelationId).Distinct().Count());
        Assert.All(sent, static request => Assert.Equal("30"u8.ToArray(), request.Body.ToArray()));
        Assert.True(sent[0].TimeToLive > sent[2].TimeToLive); // one deadline for all
        client.AssertEmpty();
    }

    [Fact]
    public async Task Refusal_IsNotAskedAgain()
    {
        await using var client = await StartAsync(null, Fault(RpcStatus.Unavailable, RpcReason.None, mayHaveRun: true));

        Assert.Equal(RpcReason.None, (await client.FailureOfAsync(client.CallAsync(idempotent: true))).Reason);
        Assert.Single(client.Sent);
        client.AssertEmpty();
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 3)]
    public async Task Call_that_may_have_run_IsMadeAgainIfThatDoesNoHarm(bool idempotent, int attempts)
    {
        await using var client = await StartAsync(null, s_lost);

        var failure = await client.FailureOfAsync(client.CallAsync(idempotent));
        Assert.Equal((RpcReason.Redelivered, true, attempts), (failure.Reason, failure.MayHaveRun, client.Sent.Count));
        client.AssertEmpty();
    }

    [Fact]
    public async Task Retries_AreOffForAClientOrForACall()
    {
        await using var off = await StartAsync(new RpcClientOptions { Retry = RpcRetryOptions.None }, s_busy);
        await off.FailureOfAsync(off.CallAsync());
        Assert.Single(off.Sent);
        await off.FailureOfAsync(off.CallAsync(options: new RpcCallOptions { Retry = new RpcRetryOptions { MaxAttempts = 2 } }));
        Assert.Equal(3, off.Sent.Count);

        await using var on = await StartAsync(null, s_busy);
        await on.FailureOfAsync(on.CallAsync(options: new RpcCallOptions { Retry = RpcRetryOptions.None }));
        Assert.Single(on.Sent);
    }

    [Fact]
    public async Task Missing_server_IsToldAfterASecondOfAttempts()
    {
        await using var client = await StartAsync(null, NoServer);

        var failure = await client.FailureOfAsync(client.CallAsync());
        Assert.Equal((RpcReason.NoServer, false), (failure.Reason, failure.MayHaveRun));
        Assert.InRange(client.Sent.Count, 3, 12);
        Assert.InRange(failure.Elapsed, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Last_failure_DoesNotHideThatAnEarlierAttemptMayHaveRun()
    {
        await using var client = await StartAsync(null, s_lost, NoServer);

        var failure = await client.FailureOfAsync(client.CallAsync(idempotent: true));
        Assert.Equal((RpcReason.NoServer, true), (failure.Reason, failure.MayHaveRun));
        Assert.DoesNotContain("did not run", failure.Message, StringComparison.Ordinal);
        Assert.Equal(("test.Service", "Method"), (failure.Service, failure.Method));
    }

    [Fact]
    public async Task No_attempt_and_no_wait_OutlivesTheDeadline()
    {
        await using var client = await StartAsync(null, s_busy);
        var started = client.Time.GetTimestamp();

        var failure = await client.FailureOfAsync(client.CallAsync(options: new RpcCallOptions { Timeout = TimeSpan.FromMilliseconds(300), Retry = new RpcRetryOptions { MaxAttempts = 100 } }));

        Assert.Equal(RpcReason.Busy, failure.Reason); // what it failed of, and not that its time was up
        Assert.InRange(client.Time.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromMilliseconds(310));
        client.AssertEmpty();
    }

    [Fact]
    public async Task Wait_that_ends_after_the_deadline_TellsWhatTheCallFailedOf()
    {
        await using var client = await StartAsync(null, s_busy);
        var call = client.CallAsync(options: new RpcCallOptions { Timeout = TimeSpan.FromMilliseconds(300) });
        await Poll.UntilAsync(() => client.Time.RunningTimers == 2, "the wheel's timer runs, and the wait for the second attempt");

        client.Time.Advance(TimeSpan.FromSeconds(1)); // the machine stood still

        Assert.Equal(RpcReason.Busy, (await Assert.ThrowsAsync<RpcException>(() => call.Soon())).Reason);
        Assert.Single(client.Sent);
        client.AssertEmpty();
    }

    [Fact]
    public async Task Attempt_that_gets_no_reply_EndsAtTheDeadlineOfAll()
    {
        await using var client = await StartAsync(null, s_busy, Silence);

        var failure = await client.FailureOfAsync(client.CallAsync(options: new RpcCallOptions { Timeout = TimeSpan.FromSeconds(1) }));

        Assert.Equal((RpcReason.NoReply, true), (failure.Reason, failure.MayHaveRun));
        Assert.InRange(failure.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.1));
        client.AssertEmpty();
    }

    [Fact]
    public async Task Cancellation_in_the_wait_EndsTheCallWithItsToken()
    {
        await using var client = await StartAsync(null, s_busy);
        using var source = new CancellationTokenSource();
        var call = client.CallAsync(cancellationToken: source.Token);
        await Poll.UntilAsync(() => client.Sent.Count == 1 && client.Client.Calls.Count == 0, "it waits for its second attempt");
        Assert.Equal(1, client.Client.Calls.InFlight); // its caller waits on
        await source.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Soon());
        Assert.Equal(source.Token, cancelled.CancellationToken);
        client.AssertEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Dispose_in_the_wait_EndsTheCall(bool mayHaveRun)
    {
        await using var client = await StartAsync(null, mayHaveRun ? s_lost : s_busy);
        var call = client.CallAsync(idempotent: true);
        await Poll.UntilAsync(() => client.Sent.Count == 1 && client.Client.Calls.Count == 0, "it waits for its second attempt");
        await client.DisposeAsync();

        var failure = await Assert.ThrowsAsync<RpcException>(() => call.Soon());
        Assert.Equal((RpcReason.Disposed, mayHaveRun), (failure.Reason, failure.MayHaveRun));
        client.AssertEmpty();
    }

    [Fact]
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The call owns its arguments.")]
    public async Task Token_of_the_served_call_EndsTheWaitToo()
    {
        await using var client = await StartAsync(null, s_busy);
        using var served = new CancellationTokenSource();
        var (calls, time) = (client.Client.Calls, client.Time);
        var retrier = new CallRetrier(client.Client, RpcRetryOptions.Default, time, new RetryBudget());
        var json = JsonRpcSerializer.Create(null, []);
        var site = new CallSite(new RpcMethod<int, int>("test.Service", "Method"), "q", time, time.GetTimestamp());
        var target = new CallTarget
        {
            Calls = calls,
            Method = site.Method,
            Queue = "q",
            Time = time,
            Sender = new RequestSender(new FakeTransport(), calls, new BatchPolicy(time, isOn: false)),
            Serializer = json,
            MaxReplySize = 1_000,
            Retrier = retrier,
        };
        var call = new PendingCall<int>(target, site.Started, TimeSpan.FromSeconds(30), new SharedPayload(new PayloadWriter(10)))
        {
            WaitForReady = true,
            Extras = CallExtras.Of(headers: null, replyHeaders: null, CancellationToken.None, served.Token),
        };
        calls.TryEnter(1);
        Assert.True(retrier.TryTakeOver(call, CallFailures.NoServer(site)));
        await served.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Task.Soon());
        Assert.Equal(served.Token, cancelled.CancellationToken);
        Assert.Equal(0, calls.InFlight);
    }

    [Fact]
    public async Task Storm_of_failures_IsBoundedByTheBudget()
    {
        await using var client = await StartAsync(null, s_busy);
        var calls = Enumerable.Range(0, 1_000).Select(_ => client.CallAsync()).ToArray();
        foreach (var call in calls)
        {
            await client.FailureOfAsync(call);
        }

        Assert.InRange(client.Sent.Count, 1_100, 1_210);
        client.AssertEmpty();
    }
}
