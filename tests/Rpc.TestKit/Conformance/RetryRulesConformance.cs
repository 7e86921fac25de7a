using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>Which failures are retried, when, how often. The server is played by hand, and the client's clock stands until it is moved.</summary>
public abstract class RetryRulesConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    private static readonly RpcRetryOptions s_default = new();

    [Fact]
    public async Task Idempotent_call_is_sent_three_times_at_most_each_time_as_a_new_one()
    {
        var (raw, reader, clock, client) = await StartAsync(s_default);
        var call = Proxy<ITrial>(client).Repeat("poison");
        var requests = new List<RawEnvelope>();

        for (var i = 0; i < 3; i++)
        {
            requests.Add(await reader.NextAsync(clock));
            await raw.FailAsync(requests[^1], RpcStatus.Aborted, RpcReason.Redelivered, mayHaveRun: true);
        }

        await FailsAsync(call.WithinDeadlineAsync(), RpcStatus.Aborted, RpcReason.Redelivered, mayHaveRun: true);
        Assert.Equal([null, 2, 3], requests.Select(static request => request.Attempt));
        Assert.Equal(3, requests.Select(static request => request.CorrelationId).Distinct().Count());
        Assert.All(requests, static request => Assert.Equal("""{"text":"poison"}""", request.Text));
        await AssertNothingMoreAsync(reader, client);
    }

    [Fact]
    public async Task No_options_make_a_call_that_may_kill_its_server_go_on_past_that()
    {
        var (raw, reader, clock, client) = await StartAsync(s_default with { MaxAttempts = 10 });
        var call = Proxy<ITrial>(client).Repeat("poison");
        for (var i = 0; i < 3; i++)
        {
            await raw.FailAsync(await reader.NextAsync(clock), RpcStatus.Aborted, RpcReason.Redelivered, mayHaveRun: true);
        }

        await FailsAsync(call.WithinDeadlineAsync(), RpcStatus.Aborted, RpcReason.Redelivered, mayHaveRun: true);
        await AssertNothingMoreAsync(reader, client);
    }

    [Theory]
    [InlineData("Run", RpcStatus.Aborted, RpcReason.Redelivered, true)]
    [InlineData("Run", RpcStatus.Unavailable, RpcReason.None, false)]
    [InlineData("Repeat", RpcStatus.Unavailable, RpcReason.None, true)]
    [InlineData("Repeat", RpcStatus.Aborted, RpcReason.None, true)]
    [InlineData("Repeat", RpcStatus.ResourceExhausted, RpcReason.None, true)]
    [InlineData("Repeat", RpcStatus.DeadlineExceeded, RpcReason.Expired, false)]
    [InlineData("Repeat", RpcStatus.Internal, RpcReason.Handler, true)]
    [InlineData("Repeat", RpcStatus.Internal, RpcReason.Upstream, true)]
    [InlineData("Repeat", RpcStatus.InvalidArgument, RpcReason.BadRequest, false)]
    [InlineData("Repeat", RpcStatus.Unimplemented, RpcReason.UnknownMethod, false)]
    [InlineData("Repeat", RpcStatus.NotFound, RpcReason.None, false)]
    public async Task What_the_service_says_and_what_may_have_run_stands(string method, RpcStatus status, RpcReason reason, bool mayHaveRun)
    {
        var (raw, reader, _, client) = await StartAsync(s_default);
        var trial = Proxy<ITrial>(client);
        var call = method == "Run" ? trial.Run("q") : trial.Repeat("q");

        await raw.FailAsync(await reader.NextAsync(), status, reason, mayHaveRun);

        await FailsAsync(call.WithinDeadlineAsync(), status, reason, mayHaveRun);
        await AssertNothingMoreAsync(reader, client);
    }

    [Theory]
    [InlineData(RpcStatus.ResourceExhausted, RpcReason.Busy)]
    [InlineData(RpcStatus.Unavailable, RpcReason.NoServer)]
    public async Task What_did_not_run_is_tried_again_after_a_while_whatever_the_method(RpcStatus status, RpcReason reason)
    {
        var (raw, reader, clock, client) = await StartAsync(s_default);
        var call = Proxy<ITrial>(client).Run("q");

        await raw.FailAsync(await reader.NextAsync(), status, reason, mayHaveRun: false);
        await Eventually.IsTrueAsync(() => client.Calls.Count == 0, "the attempt has failed");
        Assert.False(call.IsCompleted);
        var second = await reader.NextAsync(clock);
        await raw.SucceedAsync(second, "a");

        Assert.Equal("a", await call.WithinDeadlineAsync());
        Assert.Equal(2, second.Attempt);
        Assert.Equal(0, client.Calls.InFlight);
    }

    [Fact]
    public async Task Server_that_leaves_is_left_at_once_but_once()
    {
        var (raw, reader, clock, client) = await StartAsync(s_default);
        var call = Proxy<ITrial>(client).Run("q");

        await raw.FailAsync(await reader.NextAsync(), RpcStatus.Unavailable, RpcReason.Draining, mayHaveRun: false);
        var second = await reader.NextAsync(); // the clock stands
        await raw.FailAsync(second, RpcStatus.Unavailable, RpcReason.Draining, mayHaveRun: false);
        await Eventually.IsTrueAsync(() => client.Calls.Count == 0, "the second attempt has failed");
        Assert.Equal(0, await raw.CountAsync(Queue));
        var third = await reader.NextAsync(clock);
        await raw.SucceedAsync(third, "a");

        Assert.Equal("a", await call.WithinDeadlineAsync());
        Assert.Equal((2, 3), (second.Attempt, third.Attempt));
    }

    [Fact]
    public async Task Handler_sees_which_attempt_it_serves()
    {
        var (_, reader) = await ServeByHandAsync();
        var trial = await ConnectAsync<ITrial>(new RpcClientOptions { Retry = s_default });
        var call = trial.Repeat("q");
        await reader.NextAsync();
        await reader.DisposeAsync();

        await ServeAsync<ITrial>(
            new TrialService(text => Task.FromResult($"{text} {RpcCallContext.Current!.Attempt} {RpcCallContext.Current.Redelivered}")),
            serviceOptions: new RpcServiceOptions { Topology = RpcTopology.Passive });

        Assert.Equal("q 2 False", await call.WithinDeadlineAsync());
    }

    [Theory]
    [InlineData(false, null, 1)]
    [InlineData(true, null, 3)]
    [InlineData(true, false, 1)]
    [InlineData(false, true, 3)]
    public async Task Client_says_whether_calls_are_retried_and_each_proxy_may_differ(bool client, bool? ofProxy, int attempts)
    {
        var (raw, reader, clock, connected) = await StartAsync(client ? s_default : RpcRetryOptions.None);
        var trial = Proxy<ITrial>(connected).With(new RpcCallOptions { Retry = ofProxy switch { true => s_default, false => RpcRetryOptions.None, _ => null } });
        var call = trial.Repeat("q");

        for (var i = 0; i < attempts; i++)
        {
            await raw.FailAsync(await reader.NextAsync(clock), RpcStatus.ResourceExhausted, RpcReason.Busy, mayHaveRun: false);
        }

        await FailsAsync(call.WithinDeadlineAsync(), RpcStatus.ResourceExhausted, RpcReason.Busy, mayHaveRun: false);
        await AssertNothingMoreAsync(reader, connected);
    }

    private async Task<(IRawSide Raw, IRawReader Reader, ManualClock Clock, RpcClient Client)> StartAsync(RpcRetryOptions retry)
    {
        var (raw, reader) = await ServeByHandAsync();
        var clock = CreateClock();
        return (raw, reader, clock, await ConnectAsync(new RpcClientOptions { TimeProvider = clock.Time, Retry = retry }));
    }

    // What a client sends to one queue comes in order: were there another attempt, it would come before this call.
    private async Task AssertNothingMoreAsync(IRawReader reader, RpcClient client)
    {
        Assert.Equal((0, 0), (client.Calls.Count, client.Calls.InFlight));
        var last = Proxy<ITrial>(client).Note("last");
        Assert.Equal("last", TrialMessages.ArgumentOf(await reader.NextAsync()));
        await last.WithinDeadlineAsync();
    }
}
