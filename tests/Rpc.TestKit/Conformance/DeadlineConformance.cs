using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>Calls that take too long, by clocks that the tests move.</summary>
public abstract class DeadlineConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    [Theory]
    [InlineData(null, 300, false, 300)]
    [InlineData(null, 31, false, 31)]
    [InlineData(50, 300, false, 50)]
    [InlineData(500, 300, false, 300)]
    [InlineData(null, 300, true, 100)]
    [InlineData(50, 300, true, 50)]
    [InlineData(200, 300, true, 100)]
    [InlineData(200, 40, true, 40)]
    public async Task Smallest_timeout_of_call_method_and_client_ends_the_call(int? ofCall, int ofClient, bool methodHasHundred, int expected)
    {
        var gate = new Gate();
        await ServeAsync<IProbe>(new ProbeService(Answer(gate)));
        var clock = CreateClock();
        var client = await ConnectAsync(new RpcClientOptions { TimeProvider = clock.Time, Timeout = TimeSpan.FromSeconds(ofClient) });
        var probe = Proxy<IProbe>(client).With(new RpcCallOptions { Timeout = ofCall is { } seconds ? TimeSpan.FromSeconds(seconds) : null });

        var call = methodHasHundred ? probe.AskBriefly("q") : probe.Ask("q");
        await gate.ArrivalsAsync();
        clock.Advance(TimeSpan.FromSeconds(expected) - TimeSpan.FromMilliseconds(1));
        Assert.False(call.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(100));

        var failure = await FailsAsync(call.WithinDeadlineAsync(), RpcStatus.DeadlineExceeded, RpcReason.NoReply, mayHaveRun: true);
        Assert.IsType<TimeoutException>(failure.InnerException);
        Assert.InRange(failure.Elapsed, TimeSpan.FromSeconds(expected), TimeSpan.FromSeconds(expected + 0.1));
        AssertNothingPending(client);
        gate.Open();
        await Eventually.IsTrueAsync(() => client.Calls.Unmatched == 1, "the late reply is dropped and counted");
    }

    [Fact]
    public async Task Handlers_token_fires_at_the_deadline_and_the_caller_is_told_by_the_server()
    {
        var gate = new Gate();
        var clock = CreateClock();
        await ServeAsync<IProbe>(new ProbeService(Answer(gate)), new RpcServerOptions { TimeProvider = clock.Time });
        var client = await ConnectAsync();

        var call = Proxy<IProbe>(client).Ask("q");
        await gate.ArrivalsAsync();
        clock.Advance(TimeSpan.FromSeconds(31)); // the server's alone: the client has all its time left

        var failure = await FailsAsync(call.WithinDeadlineAsync(), RpcStatus.DeadlineExceeded, RpcReason.NoReply, mayHaveRun: true);
        Assert.IsType<TimeoutException>(failure.InnerException);
        AssertNothingPending(client);
    }

    [Fact]
    public async Task Call_whose_time_is_up_when_its_turn_comes_is_not_started()
    {
        var service = new ProbeService();
        var clock = new LeapingTimeProvider();
        await ServeAsync<IProbe>(service, new RpcServerOptions { TimeProvider = clock });
        var probe = await ConnectAsync<IProbe>();
        Assert.Equal("in time", await probe.Ask("in time"));
        clock.Leap();

        var failure = await FailsAsync(probe.Ask("late").WithinDeadlineAsync(), RpcStatus.DeadlineExceeded, RpcReason.Expired, mayHaveRun: false);

        Assert.IsType<TimeoutException>(failure.InnerException);
        Assert.Equal(1, service.Entered);
    }

    [Fact]
    public async Task Handler_that_blocks_for_ever_does_not_keep_its_caller()
    {
        using var release = new ManualResetEventSlim();
        var entered = new Gate();
        entered.Open();
        await ServeAsync<IProbe>(new ProbeService(async (question, token) =>
        {
            await entered.PassAsync(token);
            release.Wait(CancellationToken.None);
            return question;
        }));
        var clock = CreateClock();
        var client = await ConnectAsync(new RpcClientOptions { TimeProvider = clock.Time });

        var call = Proxy<IProbe>(client).Ask("q");
        await entered.ArrivalsAsync();
        clock.Advance(TimeSpan.FromSeconds(31));

        await FailsAsync(call.WithinDeadlineAsync(), RpcStatus.DeadlineExceeded, RpcReason.NoReply, mayHaveRun: true);
        release.Set();
        await Eventually.IsTrueAsync(() => client.Calls.Unmatched == 1, "the handler ends and its reply comes late");
    }

    [Fact]
    public async Task Short_timeout_by_the_real_clock_ends_in_the_same_way()
    {
        var gate = new Gate();
        await ServeAsync<IProbe>(new ProbeService(Answer(gate)));
        var client = await ConnectAsync();
        var probe = Proxy<IProbe>(client);
        Assert.NotNull(probe.Ask("warms everything up"));
        await gate.ArrivalsAsync();

        // On a machine that stands still for so long, the request may not even have been sent; the two rows that leaves must not be mixed.
        var failure = await Assert.ThrowsAsync<RpcException>(() => probe.With(new RpcCallOptions { Timeout = TimeSpan.FromMilliseconds(300) }).Ask("q"));
        Assert.Equal(RpcStatus.DeadlineExceeded, failure.Status);
        Assert.Equal(failure.MayHaveRun ? RpcReason.NoReply : RpcReason.NotSent, failure.Reason);
        gate.Open();
    }

    [Fact]
    public async Task Call_that_was_taken_and_never_answered_counts_as_sent()
    {
        await (await RawAsync()).DeclareAsync(Queue);
        var clock = CreateClock();
        var client = await ConnectAsync(new RpcClientOptions { TimeProvider = clock.Time });
        await using var reader = await (await RawAsync()).ReadAsync(Queue);

        var call = Proxy<IProbe>(client).Ask("q");
        await reader.NextAsync();
        clock.Advance(TimeSpan.FromSeconds(31));

        await FailsAsync(call.WithinDeadlineAsync(), RpcStatus.DeadlineExceeded, RpcReason.NoReply, mayHaveRun: true);
        AssertNothingPending(client);
    }

    private static Func<string, CancellationToken, Task<string>> Answer(Gate gate) => async (question, token) =>
    {
        await gate.PassAsync(token);
        return question;
    };
}
