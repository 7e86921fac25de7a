using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>What a handler can learn of the call that it serves.</summary>
public abstract class CallContextConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    [Fact]
    public async Task Handler_sees_which_call_it_serves_and_how_long_it_may_take()
    {
        var clock = CreateClock();
        var told = new TaskCompletionSource<(string, string, int, bool, string?)>();
        var left = new List<TimeSpan?>();
        await ServeAsync<ITrial>(
            new TrialService((text, token) =>
            {
                var call = RpcCallContext.Current!;
                told.SetResult((call.Service, call.Method, call.Attempt, call.Redelivered, call.UserId));
                left.Add(call.TimeLeft);
                clock.Advance(TimeSpan.FromSeconds(5));
                left.Add(call.TimeLeft);
                Assert.Equal(token, call.CancellationToken);
                return Task.FromResult(text);
            }),
            new RpcServerOptions { TimeProvider = clock.Time });
        var trial = await ConnectAsync<ITrial>(new RpcClientOptions { TimeProvider = CreateClock().Time, Timeout = TimeSpan.FromSeconds(20) });

        Assert.Equal("q", await trial.Run("q").WithinDeadlineAsync());

        Assert.Equal((TrialRpc.Service, "Run", 1, false, null), await told.Task);
        Assert.Equal([TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(15)], left);
    }

    [Fact]
    public async Task Foreign_call_without_a_deadline_has_none()
    {
        var left = new TaskCompletionSource<TimeSpan?>();
        await ServeAsync<ITrial>(new TrialService(text =>
        {
            left.SetResult(RpcCallContext.Current!.TimeLeft);
            return Task.FromResult(text);
        }));

        await (await RawAsync()).CallAsync(Queue, TrialMessages.Request("Run", "q"));

        Assert.Null(await left.Task);
    }

    [Fact]
    public async Task Attempt_is_what_the_caller_says()
    {
        await ServeAsync<ITrial>(new TrialService(_ => Task.FromResult($"{RpcCallContext.Current!.Attempt}")));
        var raw = await RawAsync();

        Assert.Equal("\"2\"", (await raw.CallAsync(Queue, TrialMessages.Request("Run", "q") with { Attempt = 2 })).Text);
        Assert.Equal("\"1\"", (await raw.CallAsync(Queue, TrialMessages.Request("Run", "q") with { Attempt = -7 })).Text);
    }

    [Fact]
    public async Task Each_of_many_calls_at_once_has_its_own()
    {
        var gate = new Gate();
        await ServeAsync<ITrial>(new TrialService(async _ =>
        {
            await gate.PassAsync();
            return RpcCallContext.Current!.Headers["number"];
        }));
        var trial = await ConnectAsync<ITrial>();

        var calls = Enumerable.Range(0, 50).Select(i => trial.With(new RpcCallOptions { Headers = new RpcHeaders { ["number"] = $"{i}" } }).Run("q")).ToArray();
        await gate.ArrivalsAsync(50);
        gate.Open();

        Assert.Equal(Enumerable.Range(0, 50).Select(static i => $"{i}"), await Task.WhenAll(calls).WithinDeadlineAsync());
    }

    [Fact]
    public async Task Caller_has_none()
    {
        await ServeAsync<ITrial>(new TrialService());

        await (await ConnectAsync<ITrial>()).Run("q");

        Assert.Null(RpcCallContext.Current);
    }

    [Fact]
    public async Task Finished_call_passes_nothing_on_to_what_its_handler_left_behind()
    {
        var innerQueue = NewQueue();
        var raw = await RawAsync();
        await raw.DeclareAsync(innerQueue);
        await using var reader = await raw.ReadAsync(innerQueue);
        var clock = CreateClock();
        var client = await ConnectAsync(new RpcClientOptions { TimeProvider = clock.Time, PassedOnHeaders = { "tenant" } });
        var inner = Proxy<ITrial>(client, innerQueue);
        var answered = new Gate();
        var left = new TaskCompletionSource<Task<string>>();
        await ServeAsync<ITrial>(new TrialService(text =>
        {
            _ = Task.Run(async () =>
            {
                await answered.PassAsync();
                left.SetResult(RpcCallContext.Current is null ? inner.Run("left behind") : Task.FromResult("the context is still there"));
            });
            return Task.FromResult(text);
        }));
        var trial = (await ConnectAsync<ITrial>()).With(new RpcCallOptions { Timeout = TimeSpan.FromSeconds(20), Headers = new RpcHeaders { ["tenant"] = "blue" } });

        Assert.Equal("q", await trial.Run("q"));
        answered.Open();
        var call = await left.Task.WithinDeadlineAsync();
        var request = await reader.NextAsync();
        await raw.SucceedAsync(request, "done");

        Assert.Equal("done", await call.WithinDeadlineAsync());
        Assert.Equal(30_000, request.TimeToLive);
        Assert.Empty(request.Headers);
    }

    [Fact]
    public async Task Context_that_a_handler_keeps_still_works_and_its_token_does_not_fire()
    {
        var clock = CreateClock();
        RpcCallContext? kept = null;
        await ServeAsync<ITrial>(
            new TrialService(text =>
            {
                kept = RpcCallContext.Current;
                return Task.FromResult(text);
            }),
            new RpcServerOptions { TimeProvider = clock.Time });

        await (await ConnectAsync<ITrial>()).Run("q");
        await Eventually.IsTrueAsync(() => kept!.HasEnded, "the call has ended");
        var token = kept!.CancellationToken;
        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.False(token.IsCancellationRequested);
        Assert.Equal("Run", kept.Method);
    }
}
