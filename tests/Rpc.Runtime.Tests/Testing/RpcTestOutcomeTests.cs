using Rpc.Testing;

namespace Rpc.Runtime.Tests.Testing;

/// <summary>Each outcome that can be injected is what the client makes of the real thing.</summary>
public sealed class RpcTestOutcomeTests
{
    private static readonly RpcClientOptions s_once = new() { Retry = RpcRetryOptions.None };

    private static readonly Dictionary<string, RpcTestOutcome> s_outcomes = new[]
    {
        RpcTestOutcome.NoServer, RpcTestOutcome.Busy, RpcTestOutcome.Draining, RpcTestOutcome.ConnectionLost, RpcTestOutcome.Refused, RpcTestOutcome.Rejected,
        RpcTestOutcome.ServerLost, RpcTestOutcome.Redelivered, RpcTestOutcome.ReplyLost, RpcTestOutcome.Hang,
    }.ToDictionary(static outcome => outcome.ToString());

    [Theory]
    [InlineData("NoServer", RpcStatus.Unavailable, RpcReason.NoServer, false, false)]
    [InlineData("Busy", RpcStatus.ResourceExhausted, RpcReason.Busy, false, false)]
    [InlineData("Draining", RpcStatus.Unavailable, RpcReason.Draining, false, false)]
    [InlineData("ConnectionLost", RpcStatus.Unavailable, RpcReason.ConnectionLost, true, true)]
    [InlineData("Refused", RpcStatus.Unavailable, RpcReason.Refused, true, false)]
    [InlineData("ServerLost", RpcStatus.Unavailable, RpcReason.ServerLost, true, false)]
    [InlineData("Redelivered", RpcStatus.Aborted, RpcReason.Redelivered, true, false)]
    [InlineData("ReplyLost", RpcStatus.DeadlineExceeded, RpcReason.NoReply, true, true)]
    [InlineData("Hang", RpcStatus.DeadlineExceeded, RpcReason.NoReply, true, false)]
    public async Task Call_EndsAsItWouldInProduction(string outcome, RpcStatus status, RpcReason reason, bool mayHaveRun, bool runs)
    {
        await using var system = await TestedSystem.StartAsync(options: s_once);
        var rule = system.Broker.Inject(TestedRpc.Twice, s_outcomes[outcome], times: 1);

        var failure = await system.FailureOfAsync(system.Proxy.Twice(21));

        Assert.Equal((status, reason, mayHaveRun), (failure.Status, failure.Reason, failure.MayHaveRun));
        Assert.Equal((1, outcome), (rule.Hits, Assert.Single(system.Broker.Calls).Outcome?.ToString()));
        if (runs)
        {
            await Poll.UntilAsync(() => !system.Service.Ran.IsEmpty, "the service ran the call");
        }

        // The next call finds everything in order, and nothing of the first one is left to come.
        Assert.Equal(42, await system.ResultOfAsync(system.Proxy.Twice(21)));
        Assert.Equal(runs ? 2 : 1, system.Service.Ran.Count);
        Assert.True(system.Client.Health.IsHealthy, system.Client.Health.ToString());
        Assert.Equal(0, system.Client.Calls.Count);
    }

    [Theory]
    [InlineData("NoServer")]
    [InlineData("Busy")]
    [InlineData("Draining")]
    [InlineData("ConnectionLost")]
    [InlineData("Refused")]
    [InlineData("ServerLost")]
    [InlineData("Hang")]
    public async Task Outcome_that_needs_no_service_ComesWithoutOne(string outcome)
    {
        await using var system = await TestedSystem.StartAsync(serve: false, s_once);
        system.Broker.Inject<ITestedWithoutOneWay>(s_outcomes[outcome]);

        var call = system.Client.Create<ITestedWithoutOneWay>().Ask();

        Assert.Equal(outcome == "Hang" ? "NoReply" : outcome, (await system.FailureOfAsync(call)).Reason.ToString());
    }

    [Fact]
    public async Task Lost_server_TakesSevenSeconds_AndAHandlerThatHangsTheWholeDeadline()
    {
        await using var system = await TestedSystem.StartAsync(options: s_once);
        using (system.Broker.Inject(TestedRpc.Twice, RpcTestOutcome.ServerLost))
        {
            Assert.InRange((await system.FailureOfAsync(system.Proxy.Twice(1))).Elapsed.TotalSeconds, 6, 29);
        }

        system.Broker.Inject(TestedRpc.Twice, RpcTestOutcome.Hang);
        var failure = await system.FailureOfAsync(system.Proxy.Twice(1));
        Assert.InRange(failure.Elapsed.TotalSeconds, 30, 31);
        Assert.IsType<TimeoutException>(failure.InnerException);
    }

    [Fact]
    public async Task Caller_can_cancel_a_call_that_hangs()
    {
        await using var system = await TestedSystem.StartAsync();
        system.Broker.Inject(TestedRpc.Twice, RpcTestOutcome.Hang);
        using var source = new CancellationTokenSource();
        var call = system.Proxy.Twice(1, source.Token);
        await system.Broker.WaitForCallsAsync(1);
        await source.CancelAsync();

        Assert.Equal(source.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Soon())).CancellationToken);
    }

    [Fact]
    public async Task One_way_call_CanBeRejected_OrRefused()
    {
        await using var system = await TestedSystem.StartAsync(options: s_once);
        system.Broker.Inject(TestedRpc.Tell, RpcTestOutcome.Rejected, times: 1);
        system.Broker.Inject(TestedRpc.Tell, RpcTestOutcome.Refused, times: 1);

        Assert.Equal(RpcReason.Rejected, (await system.FailureOfAsync(system.Proxy.Tell("a"))).Reason);
        Assert.Equal(RpcReason.Refused, (await system.FailureOfAsync(system.Proxy.Tell("b"))).Reason);
        await system.Proxy.Tell("c").Soon();
        await Poll.UntilAsync(() => !system.Service.Ran.IsEmpty, "the third one is run");
        Assert.Equal(["tell c"], system.Service.Ran);
    }

    [Fact]
    public async Task Bare_calls_are_told_by_their_queue()
    {
        await using var system = await TestedSystem.StartAsync(options: s_once);
        system.Broker.Inject<ITestedBare>(RpcTestOutcome.ReplyLost, times: 1);

        Assert.Equal(RpcReason.NoReply, (await system.FailureOfAsync(system.Bare.Next(1))).Reason);
        Assert.Equal(2, await system.ResultOfAsync(system.Bare.Next(1)));
        Assert.All(system.Broker.Calls, static call => Assert.Equal((null, null, "tested_bare"), (call.Service, call.Method, call.Queue)));
    }

    [Theory]
    [InlineData("Tell", "Busy", "Draining", "ServerLost", "ReplyLost", "Hang")]
    [InlineData("Twice", "Rejected")]
    [InlineData("Next", "Busy", "Draining", "ServerLost", "Rejected")]
    public void Outcome_that_cannot_happen_IsRefused(string method, params string[] outcomes)
    {
        using var broker = new RpcTestBroker();
        var descriptor = TestedRpcMethods.Single(candidate => candidate.Name == method);

        Assert.All(s_outcomes, outcome =>
        {
            var wrong = Record.Exception(() => broker.Inject(descriptor, outcome.Value));
            Assert.Equal(outcomes.Contains(outcome.Key), wrong is ArgumentException);
            Assert.True(wrong is null || wrong.Message.Contains(method, StringComparison.Ordinal) && wrong.Message.Contains(outcome.Key, StringComparison.Ordinal));
        });
    }

    private static RpcMethod[] TestedRpcMethods => [TestedRpc.Twice, TestedRpc.Tell, TestedBareRpc.Next];
}
