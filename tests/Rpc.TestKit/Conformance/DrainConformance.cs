using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>A server stops while it has calls.</summary>
public abstract class DrainConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    [Fact]
    public async Task Running_call_finishes_and_its_caller_gets_the_reply()
    {
        var gate = new Gate();
        var server = await ServeAsync<IProbe>(new ProbeService(Answer(gate)));
        var probe = await ConnectAsync<IProbe>();

        var call = probe.Ask("q");
        await gate.ArrivalsAsync();
        var stopping = server.DisposeAsync().AsTask();
        Assert.False(stopping.IsCompleted);
        Assert.False(call.IsCompleted);
        gate.Open();

        Assert.Equal("q", await call.WithinDeadlineAsync());
        await stopping.WithinDeadlineAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Call_that_has_come_and_not_started_is_told_and_does_not_run()
    {
        var gate = new Gate();
        using var clock = new HoldingTimeProvider();
        var service = new ProbeService(Answer(gate));
        var server = await ServeAsync<IProbe>(service, new RpcServerOptions { TimeProvider = clock });
        var probe = await ConnectAsync<IProbe>();
        var running = probe.Ask("running");
        await gate.ArrivalsAsync();

        clock.HoldNext();
        var waiting = probe.Ask("waiting");
        await clock.Held.WithinDeadlineAsync();
        var stopping = server.DisposeAsync().AsTask();
        clock.Release();

        await FailsAsync(waiting.WithinDeadlineAsync(), RpcStatus.Unavailable, RpcReason.Draining, mayHaveRun: false);
        gate.Open();
        Assert.Equal("running", await running.WithinDeadlineAsync());
        await stopping.WithinDeadlineAsync();
        Assert.Equal(1, service.Entered);
    }

    [Fact]
    public async Task Every_call_of_a_crowd_is_answered_by_this_server_or_the_next_or_told_that_it_did_not_run()
    {
        var (first, second) = (new ProbeService(), new ProbeService());
        var server = await ServeAsync<IProbe>(first, serviceOptions: new RpcServiceOptions { MaxConcurrency = 4 });
        var client = await ConnectAsync();
        var probe = Proxy<IProbe>(client);

        var calls = Enumerable.Range(0, 400).Select(i => probe.Ask($"{i}")).ToArray();
        await Task.WhenAny(calls).WithinDeadlineAsync();
        await server.DisposeAsync().AsTask().WithinDeadlineAsync();
        await ServeAsync<IProbe>(second);

        var refused = 0;
        foreach (var (i, call) in calls.Index())
        {
            try
            {
                Assert.Equal($"{i}", await call.WithinDeadlineAsync());
            }
            catch (RpcException failure)
            {
                Assert.Equal((RpcStatus.Unavailable, RpcReason.Draining, false), (failure.Status, failure.Reason, failure.MayHaveRun));
                refused++;
            }
        }

        Assert.Equal(400, first.Entered + second.Entered + refused);
        AssertNothingPending(client);
    }

    [Fact]
    public async Task Handler_that_outlasts_DrainTimeout_sees_its_token_fire_and_its_caller_is_told()
    {
        var gate = new Gate();
        var clock = CreateClock();
        var server = await ServeAsync<IProbe>(new ProbeService(Answer(gate)), new RpcServerOptions { TimeProvider = clock.Time, DrainTimeout = TimeSpan.FromSeconds(7) });
        var probe = await ConnectAsync<IProbe>();

        var call = probe.Ask("q");
        await gate.ArrivalsAsync();
        await StopAsync(server, clock, atMost: TimeSpan.FromSeconds(8));

        await FailsAsync(call.WithinDeadlineAsync(), RpcStatus.Cancelled, RpcReason.Cancelled, mayHaveRun: true);
    }

    [Fact]
    public async Task Handler_that_ignores_everything_is_left_behind_and_its_call_never_runs_again()
    {
        var gate = new Gate();
        var fired = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var clock = CreateClock();
        var stubborn = new ProbeService(async (question, token) =>
        {
            token.Register(fired.SetResult);
            await gate.PassAsync(CancellationToken.None);
            return question;
        });
        var server = await ServeAsync<IProbe>(stubborn, new RpcServerOptions { TimeProvider = clock.Time, DrainTimeout = TimeSpan.FromSeconds(7) });
        var client = await ConnectAsync();

        var call = Proxy<IProbe>(client).Ask("q");
        await gate.ArrivalsAsync();
        await StopAsync(server, clock, atMost: TimeSpan.FromSeconds(15));
        Assert.True(fired.Task.IsCompleted);
        Assert.False(call.IsCompleted);

        var next = new ProbeService();
        await ServeAsync<IProbe>(next);
        await FailsAsync(call.WithinDeadlineAsync(), RpcStatus.Aborted, RpcReason.Redelivered, mayHaveRun: true);
        Assert.Equal(0, next.Entered);
        gate.Open();
    }

    // Moves the clock, a little at a time, until the server has stopped.
    private static async Task StopAsync(RpcServer server, ManualClock clock, TimeSpan atMost)
    {
        var started = clock.Time.GetTimestamp();
        var step = TimeSpan.FromMilliseconds(200);
        var stopping = server.DisposeAsync().AsTask();
        await Eventually.IsTrueAsync(
            () =>
            {
                if (!stopping.IsCompleted && clock.Time.GetElapsedTime(started) + step < atMost)
                {
                    clock.Advance(step);
                }

                return stopping.IsCompleted;
            },
            $"the server stops within {atMost} of its clock");
        await stopping;
        Assert.True(clock.Time.GetElapsedTime(started) >= TimeSpan.FromSeconds(7), "it waited for DrainTimeout");
    }

    private static Func<string, CancellationToken, Task<string>> Answer(Gate gate) => async (question, token) =>
    {
        await gate.PassAsync(token);
        return question;
    };
}
