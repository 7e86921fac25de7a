using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>What bounds a call whose filters wait for something: its outcome is the one that it would have without them.</summary>
public abstract class FilterBoundsConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    [Fact]
    public async Task Deadline_ends_a_filter_that_waits_for_what_never_comes()
    {
        var (gate, clock) = (new Gate(), CreateClock());
        var client = await ConnectAsync(new RpcClientOptions { TimeProvider = clock.Time, Filters = { Waiting(_ => gate.PassAsync()) } });
        var call = Proxy<ITrial>(client).Run("q");
        await gate.ArrivalsAsync();

        clock.Advance(TimeSpan.FromSeconds(31));

        await FailsAsync(call.WithinDeadlineAsync(), RpcStatus.DeadlineExceeded, RpcReason.NotSent, mayHaveRun: false);
        gate.Open();
        AssertNothingPending(client);
    }

    [Fact]
    public async Task Deadline_is_a_deadline_also_where_the_filter_obeys_the_token()
    {
        // Many at once: the filter's end and the call's own race for each of them.
        var (gate, clock) = (new Gate(), CreateClock());
        var client = await ConnectAsync(new RpcClientOptions { TimeProvider = clock.Time, Filters = { Waiting(context => gate.PassAsync(context.CancellationToken)) } });
        var calls = Enumerable.Range(0, 100).Select(_ => Proxy<ITrial>(client).Run("q")).ToArray();
        await gate.ArrivalsAsync(100);

        clock.Advance(TimeSpan.FromSeconds(31));

        foreach (var call in calls)
        {
            await FailsAsync(call.WithinDeadlineAsync(), RpcStatus.DeadlineExceeded, RpcReason.NotSent, mayHaveRun: false);
        }

        AssertNothingPending(client);
    }

    [Fact]
    public async Task Cancelled_call_ends_with_its_callers_token_also_where_the_filter_obeys_another()
    {
        var gate = new Gate();
        var client = await ConnectAsync(new RpcClientOptions { Filters = { Waiting(context => gate.PassAsync(context.CancellationToken)) } });
        using var source = new CancellationTokenSource();
        var calls = Enumerable.Range(0, 100).Select(_ => Proxy<ITrial>(client).Run("q", source.Token)).ToArray();
        await gate.ArrivalsAsync(100);

        await source.CancelAsync();

        foreach (var call in calls)
        {
            Assert.Equal(source.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WithinDeadlineAsync())).CancellationToken);
            Assert.True(call.IsCanceled);
        }
    }

    [Fact]
    public async Task Cancelled_call_that_was_sent_ends_with_its_callers_token()
    {
        var (_, reader) = await ServeByHandAsync();
        var client = await ConnectAsync(new RpcClientOptions { Filters = { Waiting(_ => Task.CompletedTask) } });
        using var source = new CancellationTokenSource();
        var calls = Enumerable.Range(0, 100).Select(_ => Proxy<ITrial>(client).Run("q", source.Token)).ToArray();
        await reader.NextAsync();

        await source.CancelAsync();

        foreach (var call in calls)
        {
            Assert.Equal(source.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WithinDeadlineAsync())).CancellationToken);
        }

        Assert.Equal(0, client.Calls.InFlight);
    }

    [Fact]
    public async Task Dispose_ends_a_filter_that_waits()
    {
        var gate = new Gate();
        var client = await ConnectAsync(new RpcClientOptions { Filters = { Waiting(context => gate.PassAsync(context.CancellationToken)) } });
        var call = Proxy<ITrial>(client).Run("q");
        await gate.ArrivalsAsync();

        await client.DisposeAsync();

        await FailsAsync(call.WithinDeadlineAsync(), RpcStatus.Unavailable, RpcReason.Disposed, mayHaveRun: false);
    }

    [Fact]
    public async Task Call_that_has_ended_leaves_nothing_on_its_callers_token()
    {
        var tokens = new List<CancellationToken>();
        await ServeAsync<ITrial>(new TrialService());
        var trial = await ConnectAsync<ITrial>(new RpcClientOptions
        {
            Filters =
            {
                Waiting(context =>
                {
                    tokens.Add(context.CancellationToken);
                    return Task.CompletedTask;
                }),
            },
        });
        using var source = new CancellationTokenSource(); // as long as the program, in another life
        Assert.Equal("q", await trial.Run("q", source.Token));

        await source.CancelAsync();

        Assert.False(Assert.Single(tokens).IsCancellationRequested);
    }

    private static ClientFilter Waiting(Func<RpcClientCallContext, Task> wait) => new(async (context, next) =>
    {
        await wait(context);
        await next(context);
    });
}
