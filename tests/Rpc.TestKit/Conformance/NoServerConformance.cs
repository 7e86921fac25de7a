using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>Nobody is there to answer. The clients' clocks stand still, so whatever ends a call here is not its deadline.</summary>
public abstract class NoServerConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    [Fact]
    public async Task Queue_that_never_was_is_told_at_once()
    {
        var client = await ConnectAsync(new RpcClientOptions { TimeProvider = CreateClock().Time });

        var failure = await FailsAsync(Proxy<IProbe>(client).Ask("q").WithinDeadlineAsync(), RpcStatus.Unavailable, RpcReason.NoServer, mayHaveRun: false);

        Assert.Contains(Queue, failure.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.Zero, failure.Elapsed);
        AssertNothingPending(client);
    }

    [Fact]
    public async Task Every_one_of_many_calls_is_told()
    {
        var client = await ConnectAsync(new RpcClientOptions { TimeProvider = CreateClock().Time });
        var probe = Proxy<IProbe>(client);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i =>
            FailsAsync(probe.Ask($"{i}").WithinDeadlineAsync(), RpcStatus.Unavailable, RpcReason.NoServer, mayHaveRun: false)));

        AssertNothingPending(client);
        Assert.Equal(0, client.Calls.Unmatched);
    }

    [Fact]
    public async Task Last_server_has_left_and_its_queue_is_gone()
    {
        var server = await ServeAsync<IProbe>(new ProbeService());
        var probe = await ConnectAsync<IProbe>(new RpcClientOptions { TimeProvider = CreateClock().Time });
        var raw = await RawAsync();
        Assert.Equal("here", await probe.Ask("here"));

        await server.DisposeAsync();
        Assert.True(await raw.ExistsAsync(Queue)); // for a while, so that a server that restarts misses nothing
        await raw.DeleteAsync(Queue);

        await FailsAsync(probe.Ask("gone").WithinDeadlineAsync(), RpcStatus.Unavailable, RpcReason.NoServer, mayHaveRun: false);
        await ServeAsync<IProbe>(new ProbeService());
        Assert.Equal("back", await probe.Ask("back").WithinDeadlineAsync());
    }

    [Fact]
    public async Task Call_to_a_queue_that_waits_for_its_server_is_answered_when_one_comes()
    {
        // The client first: the embedded broker and its queues live as long as somebody is connected.
        var probe = await ConnectAsync<IProbe>(new RpcClientOptions { TimeProvider = CreateClock().Time });
        await (await ServeAsync<IProbe>(new ProbeService())).DisposeAsync();

        var call = probe.Ask("patience");
        await ServeAsync<IProbe>(new ProbeService());

        Assert.Equal("patience", await call.WithinDeadlineAsync());
    }
}
