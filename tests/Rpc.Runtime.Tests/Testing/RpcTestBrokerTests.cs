using Rpc.Testing;

namespace Rpc.Runtime.Tests.Testing;

/// <summary>What a test sees of its broker, and what it can do with it.</summary>
public sealed class RpcTestBrokerTests
{
    [Fact]
    public async Task Retries_AreTheRealOnes_AndAreCounted()
    {
        await using var system = await TestedSystem.StartAsync();
        var busy = system.Broker.Inject(TestedRpc.Twice, RpcTestOutcome.Busy, times: 2);
        var other = system.Broker.Inject(TestedRpc.Look, RpcTestOutcome.Busy);

        Assert.Equal(42, await system.ResultOfAsync(system.Proxy.Twice(21)));

        Assert.Equal((2, 0), (busy.Hits, other.Hits));
        Assert.Equal([1, 2, 3], system.Broker.Calls.Select(static call => call.Attempt));
        Assert.Equal([RpcTestOutcome.Busy, RpcTestOutcome.Busy, null], system.Broker.Calls.Select(static call => call.Outcome));
        Assert.Equal(["twice 21"], system.Service.Ran);
    }

    [Fact]
    public async Task Lost_reply_RunsAnIdempotentMethodTwice_AndAnotherOnce()
    {
        await using var system = await TestedSystem.StartAsync();
        system.Broker.Inject(TestedRpc.Look, RpcTestOutcome.ConnectionLost, times: 1);
        system.Broker.Inject(TestedRpc.Twice, RpcTestOutcome.ConnectionLost, times: 1);

        Assert.Equal(3, await system.ResultOfAsync(system.Proxy.Look(3)));
        await Poll.UntilAsync(() => system.Service.Ran.Count == 2, "both attempts ran");
        Assert.True((await system.FailureOfAsync(system.Proxy.Twice(3))).MayHaveRun);
        Assert.Equal(3, system.Broker.Calls.Count);
    }

    [Fact]
    public async Task Rules_ApplyInTheirOrder_UntilTheyAreUsedUpOrDisposedOf()
    {
        await using var system = await TestedSystem.StartAsync(options: new RpcClientOptions { Retry = RpcRetryOptions.None });
        system.Broker.Inject<ITestedWithoutOneWay>(RpcTestOutcome.Hang); // another contract's
        system.Broker.Inject(TestedRpc.Twice, RpcTestOutcome.Draining, times: 1);
        var always = system.Broker.Inject(TestedRpc.Twice, RpcTestOutcome.Busy);

        var reasons = new List<RpcReason>();
        for (var i = 0; i < 3; i++)
        {
            reasons.Add((await system.FailureOfAsync(system.Proxy.Twice(1))).Reason);
        }

        Assert.Equal([RpcReason.Draining, RpcReason.Busy, RpcReason.Busy], reasons);
        always.Dispose();
        Assert.Equal(2, await system.ResultOfAsync(system.Proxy.Twice(1)));
        Assert.Equal((2, RpcTestOutcome.Busy), (always.Hits, always.Outcome));
    }

    [Fact]
    public async Task Delay_HoldsARequestBack_WhileItsDeadlineGoesOn()
    {
        await using var system = await TestedSystem.StartAsync(options: new RpcClientOptions { Retry = RpcRetryOptions.None });
        var delay = system.Broker.Inject(TestedRpc.Twice, RpcTestOutcome.Delay(TimeSpan.FromSeconds(10)));
        var call = system.Proxy.Twice(21);
        await system.Broker.WaitForCallsAsync(1);
        system.Time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Empty(system.Service.Ran);
        Assert.False(call.IsCompleted);
        system.Time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(42, await call.Soon());

        var late = await system.FailureOfAsync(system.Proxy.With(new RpcCallOptions { Timeout = TimeSpan.FromSeconds(5) }).Twice(21));
        Assert.Equal((RpcReason.NoReply, true), (late.Reason, late.MayHaveRun));
        system.Time.Advance(TimeSpan.FromSeconds(10)); // it comes to the broker, too late to be delivered
        delay.Dispose();
        Assert.Equal(2, await system.ResultOfAsync(system.Proxy.Twice(1)));
        Assert.Equal(["twice 21", "twice 1"], system.Service.Ran);
    }

    [Fact]
    public async Task Calls_SayWhatWasSent()
    {
        await using var system = await TestedSystem.StartAsync();
        var options = new RpcCallOptions { Timeout = TimeSpan.FromSeconds(2), Headers = new RpcHeaders { ["tenant"] = "t1" } };
        await system.Proxy.With(options).Twice(21).Soon();
        await system.Proxy.Tell("x").Soon();

        var calls = await system.Broker.WaitForCallsAsync(2);
        Assert.Equal((typeof(ITested).FullName, "Twice", TestedRpc.Twice.Queue, 1), (calls[0].Service, calls[0].Method, calls[0].Queue, calls[0].Attempt));
        Assert.Equal(TimeSpan.FromSeconds(2), calls[0].TimeLeft);
        Assert.Equal("t1", Assert.Single(calls[0].Headers).Value);
        Assert.Null(calls[0].Outcome);
        Assert.Equal(("Tell", null, 0), (calls[1].Method, calls[1].TimeLeft, calls[1].Headers.Count));
    }

    [Fact]
    public async Task Stopped_broker_TakesNoConnectionsAndNoCalls_UntilItIsStarted()
    {
        await using var system = await TestedSystem.StartAsync();
        system.Broker.Stop();

        var failure = await system.FailureOfAsync(system.Proxy.With(new RpcCallOptions { WaitForReady = false, Retry = RpcRetryOptions.None }).Twice(1));
        Assert.Equal((RpcReason.NotConnected, false), (failure.Reason, failure.MayHaveRun));
        Assert.False(system.Client.Health.IsHealthy);
        Assert.Equal(RpcReason.NotConnected, (await Assert.ThrowsAsync<RpcException>(() => RpcClient.ConnectAsync(system.Broker.ConnectionString))).Reason);
        Assert.Equal(RpcReason.NotConnected, (await Assert.ThrowsAsync<RpcException>(
            () => RpcServer.StartAsync(system.Broker.ConnectionString, static services => services.Add<ITestedWithoutOneWay>(new Answers())))).Reason);
        var waiting = RpcClient.ConnectAsync(system.Broker.ConnectionString, new RpcClientOptions { WaitForBroker = true });
        var call = system.Proxy.Twice(21);
        Assert.False(waiting.IsCompleted);
        system.Broker.Start();

        await (await waiting.Soon()).DisposeAsync();
        Assert.Equal(42, await system.ResultOfAsync(call));
    }

    [Fact]
    public async Task Blocked_broker_LetsCallsWait()
    {
        await using var system = await TestedSystem.StartAsync();
        system.Broker.Block();
        var failure = await system.FailureOfAsync(system.Proxy.Twice(1));
        Assert.Equal((RpcStatus.DeadlineExceeded, RpcReason.Blocked, false), (failure.Status, failure.Reason, failure.MayHaveRun));
        var call = system.Proxy.Twice(21);
        Assert.Empty(system.Broker.Calls);
        system.Broker.Unblock();

        Assert.Equal(42, await system.ResultOfAsync(call));
    }

    [Theory]
    [InlineData("client", RpcReason.ConnectionLost)]
    [InlineData(null, RpcReason.ConnectionLost)]
    [InlineData("server", RpcReason.NoReply)] // a request that is in no server's hands, so it is the caller's deadline that ends it
    public async Task Lost_connections_AreThoseOfTheNameThatIsGiven(string? name, RpcReason reason)
    {
        await using var system = await TestedSystem.StartAsync();
        using (system.Broker.Inject(TestedRpc.Twice, RpcTestOutcome.Hang))
        {
            var call = system.Proxy.Twice(21);
            await system.Broker.WaitForCallsAsync(1);
            system.Broker.LoseConnections(name);
            Assert.Equal(reason, (await system.FailureOfAsync(call)).Reason);
        }

        Assert.Equal(42, await system.ResultOfAsync(system.Proxy.Twice(21)));
    }

    [Fact]
    public async Task Brokers_HaveNothingInCommon_AndGoWhenNobodyIsThere()
    {
        using var empty = new RpcTestBroker();
        await using var system = await TestedSystem.StartAsync();
        await using var client = await RpcClient.ConnectAsync(empty.ConnectionString, new RpcClientOptions { Retry = RpcRetryOptions.None });

        Assert.Equal(RpcReason.NoServer, (await Assert.ThrowsAsync<RpcException>(() => client.Create<ITested>().Twice(1).Soon())).Reason);
        Assert.Empty(system.Broker.Calls);
        await client.DisposeAsync();
        empty.Dispose();
        empty.Dispose(); // as good as once
        Assert.Throws<KeyNotFoundException>(() => Rpc.Transport.Memory.MemoryBroker.Get(empty.ConnectionString["memory://".Length..]));
    }

    [Fact]
    public async Task Wrong_use_IsToldAtOnce()
    {
        using var broker = new RpcTestBroker();
        Assert.Throws<ArgumentOutOfRangeException>(() => broker.Inject(TestedRpc.Twice, RpcTestOutcome.Busy, times: 0));
        Assert.Throws<ArgumentNullException>(() => broker.Inject(null!, RpcTestOutcome.Busy));
        Assert.Throws<ArgumentNullException>(() => broker.Inject<ITested>(null!));
        Assert.Throws<ArgumentException>(() => broker.Inject<ITested>(RpcTestOutcome.Busy)); // one of its methods is one-way
        Assert.Throws<ArgumentOutOfRangeException>(() => RpcTestOutcome.Delay(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => RpcTestOutcome.Delay(TimeSpan.FromDays(25)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => broker.WaitForCallsAsync(0));
        using var source = new CancellationTokenSource();
        var waiting = broker.WaitForCallsAsync(1, source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private sealed class Answers : ITestedWithoutOneWay
    {
        public Task<string> Ask() => Task.FromResult("yes");
    }
}
