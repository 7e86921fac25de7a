using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>Options of single calls, given with the generated <c>With</c>.</summary>
public abstract class CallOptionsConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    private readonly Gate _gate = new();

    [Fact]
    public async Task Options_apply_to_the_new_proxy_alone()
    {
        var (probe, clock) = await StartAsync();
        var brief = probe.With(new RpcCallOptions { Timeout = TimeSpan.FromSeconds(25) });
        Assert.NotSame(probe, brief);

        var (unchanged, shortened) = (probe.Ask("unchanged"), brief.Ask("shortened"));
        await _gate.ArrivalsAsync(2);
        clock.Advance(TimeSpan.FromSeconds(26));

        await FailsAsync(shortened.WithinDeadlineAsync(), RpcStatus.DeadlineExceeded, RpcReason.NoReply, mayHaveRun: true);
        Assert.False(unchanged.IsCompleted);
        _gate.Open();
        Assert.Equal("unchanged", await unchanged.WithinDeadlineAsync());
    }

    [Fact]
    public async Task Options_stack()
    {
        var (probe, clock) = await StartAsync();
        var first = probe.With(new RpcCallOptions { Timeout = TimeSpan.FromSeconds(200) });
        var second = first.With(new RpcCallOptions { Timeout = TimeSpan.FromSeconds(25) });
        var third = second.With(new RpcCallOptions { WaitForReady = false }); // leaves the timeout as it is

        var calls = new[] { first.Ask("first"), second.Ask("second"), third.Ask("third") };
        await _gate.ArrivalsAsync(3);
        clock.Advance(TimeSpan.FromSeconds(26));
        await FailsAsync(calls[1].WithinDeadlineAsync(), RpcStatus.DeadlineExceeded, RpcReason.NoReply, mayHaveRun: true);
        await FailsAsync(calls[2].WithinDeadlineAsync(), RpcStatus.DeadlineExceeded, RpcReason.NoReply, mayHaveRun: true);
        Assert.False(calls[0].IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(175));

        await FailsAsync(calls[0].WithinDeadlineAsync(), RpcStatus.DeadlineExceeded, RpcReason.NoReply, mayHaveRun: true);
        _gate.Open();
    }

    [Fact]
    public async Task Timeout_out_of_its_range_is_an_error_before_any_call()
    {
        var (probe, _) = await StartAsync();

        Assert.Throws<ArgumentOutOfRangeException>(() => probe.With(new RpcCallOptions { Timeout = TimeSpan.Zero }));
        Assert.Throws<ArgumentOutOfRangeException>(() => probe.With(new RpcCallOptions { Timeout = TimeSpan.FromSeconds(-1) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => probe.With(new RpcCallOptions { Timeout = TimeSpan.FromDays(25) }));
    }

    [Fact]
    public async Task Longest_timeout_is_taken()
    {
        var (probe, _) = await StartAsync();
        _gate.Open();

        Assert.Equal("q", await probe.With(new RpcCallOptions { Timeout = TimeSpan.FromDays(24) }).Ask("q"));
    }

    [Fact]
    public async Task Call_that_does_not_wait_for_a_connection_works_where_there_is_one()
    {
        var (probe, _) = await StartAsync();
        _gate.Open();

        Assert.Equal("q", await probe.With(new RpcCallOptions { WaitForReady = false }).Ask("q"));
    }

    [Fact]
    public void Stand_in_is_returned_as_it_is()
    {
        IProbe standIn = new ProbeService();

        Assert.Same(standIn, standIn.With(new RpcCallOptions { Timeout = TimeSpan.FromSeconds(25) }));
    }

    private async Task<(IProbe Probe, ManualClock Clock)> StartAsync()
    {
        await ServeAsync<IProbe>(new ProbeService(async (question, token) =>
        {
            await _gate.PassAsync(token);
            return question;
        }));
        var clock = CreateClock();
        return (await ConnectAsync<IProbe>(new RpcClientOptions { TimeProvider = clock.Time, Timeout = TimeSpan.FromSeconds(300) }), clock);
    }
}
