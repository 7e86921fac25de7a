using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>The caller gives up: by its token, or by disposing of the client.</summary>
public abstract class CancellationConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    [Fact]
    public async Task Token_that_has_fired_before_the_call_sends_nothing()
    {
        var service = new ProbeService();
        await ServeAsync<IProbe>(service);
        var client = await ConnectAsync();
        var probe = Proxy<IProbe>(client);
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        var call = probe.Ask("q", source.Token);

        Assert.True(call.IsCanceled);
        Assert.Equal(source.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call)).CancellationToken);
        Assert.Equal("next", await probe.Ask("next"));
        Assert.Equal(1, service.Entered);
        AssertNothingPending(client);
    }

    [Fact]
    public async Task Token_that_fires_during_the_call_ends_it_with_that_token()
    {
        var gate = new Gate();
        await ServeAsync<IProbe>(new ProbeService(async (question, _) =>
        {
            await gate.PassAsync(CancellationToken.None);
            return question;
        }));
        var client = await ConnectAsync();
        var probe = Proxy<IProbe>(client);
        using var source = new CancellationTokenSource();

        var call = probe.Ask("q", source.Token);
        await gate.ArrivalsAsync();
        await source.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WithinDeadlineAsync());
        Assert.Equal(source.Token, cancelled.CancellationToken);
        Assert.True(call.IsCanceled);
        AssertNothingPending(client);
        gate.Open();
        await Eventually.IsTrueAsync(() => client.Calls.Unmatched == 1, "the late reply is dropped and counted");
        Assert.Equal("next", await probe.Ask("next", CancellationToken.None));
    }

    [Fact]
    public async Task One_of_many_calls_is_cancelled_and_the_others_go_on()
    {
        var gate = new Gate();
        await ServeAsync<IProbe>(new ProbeService(async (question, token) =>
        {
            await gate.PassAsync(token);
            return question;
        }));
        var client = await ConnectAsync();
        var probe = Proxy<IProbe>(client);
        using var source = new CancellationTokenSource();

        var (one, other) = (probe.Ask("one", source.Token), probe.Ask("other"));
        await gate.ArrivalsAsync(2);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one.WithinDeadlineAsync());
        gate.Open();

        Assert.Equal("other", await other);
        AssertNothingPending(client);
    }

    [Fact]
    public async Task Token_that_fires_after_the_reply_changes_nothing()
    {
        await ServeAsync<IProbe>(new ProbeService());
        var client = await ConnectAsync();
        using var source = new CancellationTokenSource();

        var call = Proxy<IProbe>(client).Ask("q", source.Token);
        Assert.Equal("q", await call);
        await source.CancelAsync();

        Assert.Equal("q", await call);
        AssertNothingPending(client);
    }

    [Fact]
    public async Task Calls_that_race_with_their_token_each_end_once()
    {
        await ServeAsync<IProbe>(new ProbeService());
        var client = await ConnectAsync();
        var probe = Proxy<IProbe>(client);
        var (answered, cancelled) = (0, 0);

        await Parallel.ForEachAsync(Enumerable.Range(0, 500), async (i, _) =>
        {
            using var source = new CancellationTokenSource();
            var call = probe.Ask($"{i}", source.Token);
            await source.CancelAsync();
            try
            {
                Assert.Equal($"{i}", await call.WithinDeadlineAsync());
                Interlocked.Increment(ref answered);
            }
            catch (OperationCanceledException exception)
            {
                Assert.Equal(source.Token, exception.CancellationToken);
                Interlocked.Increment(ref cancelled);
            }
        });

        Assert.Equal(500, answered + cancelled);
        AssertNothingPending(client);
    }

    [Fact]
    public async Task Call_after_dispose_is_an_error_of_the_caller()
    {
        await ServeAsync<IProbe>(new ProbeService());
        var client = await ConnectAsync();
        var probe = Proxy<IProbe>(client);
        await client.DisposeAsync();

        var call = probe.Ask("q");

        await Assert.ThrowsAsync<ObjectDisposedException>(() => call);
        AssertNothingPending(client);
        await client.DisposeAsync();
    }

    [Fact]
    public async Task Dispose_during_calls_ends_them()
    {
        var gate = new Gate();
        await ServeAsync<IProbe>(new ProbeService(async (question, token) =>
        {
            await gate.PassAsync(token);
            return question;
        }));
        var client = await ConnectAsync();
        var probe = Proxy<IProbe>(client);

        var calls = Enumerable.Range(0, 20).Select(i => probe.Ask($"{i}")).ToArray();
        await gate.ArrivalsAsync(20);
        await client.DisposeAsync();

        foreach (var call in calls)
        {
            await FailsAsync(call.WithinDeadlineAsync(), RpcStatus.Unavailable, RpcReason.Disposed, mayHaveRun: true);
        }

        AssertNothingPending(client);
        gate.Open();
    }
}
