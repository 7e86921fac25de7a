using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>Calls that are made again when they fail, because the options say so.</summary>
public abstract class RetryConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    private static readonly RpcRetryOptions s_quick = new() { MaxAttempts = 100, Delay = TimeSpan.FromMilliseconds(20), MaxDelay = TimeSpan.FromMilliseconds(50) };

    [Fact]
    public async Task Client_that_starts_before_its_server_gets_through()
    {
        var proxy = await ConnectAsync<IProbe>(new RpcClientOptions { Retry = s_quick });

        var call = proxy.Ask("early");
        await ServeAsync<IProbe>(new ProbeService());

        Assert.Equal("early", await call.WithinDeadlineAsync());
    }

    [Fact]
    public async Task Last_failure_is_told_when_the_attempts_are_used_up()
    {
        var client = await ConnectAsync(new RpcClientOptions { Retry = s_quick with { MaxAttempts = 3 } });

        await FailsAsync(Proxy<IProbe>(client).Ask("q").WithinDeadlineAsync(), RpcStatus.Unavailable, RpcReason.NoServer, mayHaveRun: false);

        AssertNothingPending(client);
    }

    [Fact]
    public async Task Refusal_stands()
    {
        var service = new ProbeService((_, _) => throw new RpcException(RpcStatus.Unavailable, "closed on Sundays"));
        await ServeAsync<IProbe>(service);
        var proxy = await ConnectAsync<IProbe>(new RpcClientOptions { Retry = s_quick });

        await FailsAsync(proxy.Ask("q").WithinDeadlineAsync(), RpcStatus.Unavailable, RpcReason.None, mayHaveRun: true);

        Assert.Equal(1, service.Entered);
    }

    [Fact]
    public async Task Draining_server_is_left_for_another_one()
    {
        var gate = new Gate();
        var leaving = await ServeAsync<IProbe>(
            new ProbeService(async (text, token) =>
            {
                await gate.PassAsync(token);
                return text;
            }),
            serviceOptions: new RpcServiceOptions { MaxConcurrency = 1 });
        var proxy = await ConnectAsync<IProbe>(new RpcClientOptions { Retry = s_quick });
        var running = proxy.Ask("running");
        await gate.ArrivalsAsync(1);

        var left = leaving.DisposeAsync();
        await ServeAsync<IProbe>(new ProbeService());
        var next = proxy.Ask("next");

        Assert.Equal("next", await next.WithinDeadlineAsync());
        gate.Open();
        Assert.Equal("running", await running.WithinDeadlineAsync());
        await left;
    }

    [Fact]
    public async Task Caller_cancels_between_two_attempts()
    {
        using var source = new CancellationTokenSource();
        var client = await ConnectAsync(new RpcClientOptions { Retry = new RpcRetryOptions { Delay = TimeSpan.FromSeconds(20), MaxDelay = TimeSpan.FromSeconds(20) } });
        var call = Proxy<IProbe>(client).Ask("q", source.Token);
        await Eventually.IsTrueAsync(() => client.Calls.Count == 0, "the first attempt has ended");

        await source.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WithinDeadlineAsync());
        Assert.Equal(source.Token, cancelled.CancellationToken);
    }

    [Fact]
    public void Options_out_of_their_range_are_an_error_before_any_call()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => (s_quick with { MaxAttempts = 0 }).Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => (s_quick with { Delay = TimeSpan.Zero }).Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => (s_quick with { MaxDelay = TimeSpan.FromMilliseconds(1) }).Validate());
    }
}
