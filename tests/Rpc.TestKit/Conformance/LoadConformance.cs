using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>Limits, on both sides, and calls that hold each other up.</summary>
public abstract class LoadConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    [Fact]
    public async Task Client_takes_no_more_calls_than_it_may_have_under_way()
    {
        var gate = new Gate();
        var service = new TrialService(AnswerAt(gate));
        await ServeAsync<ITrial>(service);
        var client = await ConnectAsync(new RpcClientOptions { MaxInFlight = 2 });
        var trial = Proxy<ITrial>(client);
        var two = new[] { trial.Run("1"), trial.Run("2") };

        var failure = await FailsAsync(trial.Run("3").WithinDeadlineAsync(), RpcStatus.ResourceExhausted, RpcReason.TooManyInFlight, mayHaveRun: false);
        await FailsAsync(trial.Note("4").WithinDeadlineAsync(), RpcStatus.ResourceExhausted, RpcReason.TooManyInFlight, mayHaveRun: false);

        Assert.Contains("MaxInFlight", failure.Message, StringComparison.Ordinal);
        gate.Open();
        Assert.Equal(["1", "2"], await Task.WhenAll(two).WithinDeadlineAsync());
        Assert.Equal("5", await trial.Run("5").WithinDeadlineAsync());
        Assert.DoesNotContain("3", service.Entered);
    }

    [Fact]
    public async Task Every_outcome_gives_the_place_back()
    {
        var (raw, reader) = await ServeByHandAsync();
        var clock = CreateClock();
        var client = await ConnectAsync(new RpcClientOptions { MaxInFlight = 1, MaxRequestSize = 1000, TimeProvider = clock.Time });
        var trial = Proxy<ITrial>(client);
        using var source = new CancellationTokenSource();
        var calls = new (Func<Task> Call, Func<RawEnvelope, Task> Answer)[]
        {
            (() => trial.Run("result"), request => raw.SucceedAsync(request, "a")),
            (() => trial.Run("fault"), request => raw.FailAsync(request, RpcStatus.NotFound, RpcReason.None, mayHaveRun: true)),
            (() => trial.Run("bad reply"), request => raw.ReplyAsync(request, "}", "application/json")),
            (() => trial.Run("deadline"), _ => Done(() => clock.Advance(TimeSpan.FromSeconds(31)))),
            (() => trial.Run("cancelled", source.Token), _ => source.CancelAsync()),
            (() => trial.Note("one-way"), _ => Task.CompletedTask),
        };

        foreach (var (call, answer) in calls)
        {
            var running = call();
            await answer(await reader.NextAsync());
            await Record.ExceptionAsync(() => running.WithinDeadlineAsync());
        }

        await Record.ExceptionAsync(() => trial.Run(new string('x', 1000)));
        await Record.ExceptionAsync(() => Proxy<ITrial>(client, NewQueue()).Run("no server").WithinDeadlineAsync());
        Assert.Equal(0, client.Calls.InFlight);
        AssertNothingPending(client);
    }

    [Fact]
    public async Task Server_that_has_no_place_for_a_call_says_so_at_once()
    {
        // Acknowledged before it runs, the first call makes room for the broker to send another one.
        var gate = new Gate();
        var service = new TrialService(AnswerAt(gate));
        await ServeAsync<ITrial>(service, serviceOptions: new RpcServiceOptions { MaxConcurrency = 1, MaxQueued = 0 });
        var trial = await ConnectAsync<ITrial>();
        var first = trial.RunAcknowledged("first");
        await gate.ArrivalsAsync();

        var failure = await FailsAsync(trial.Run("second").WithinDeadlineAsync(), RpcStatus.ResourceExhausted, RpcReason.Busy, mayHaveRun: false);

        Assert.Contains("1 calls", failure.Message, StringComparison.Ordinal);
        gate.Open();
        Assert.Equal("first", await first.WithinDeadlineAsync());
        Assert.Equal(["first"], service.Entered);
    }

    [Fact]
    public async Task Calls_one_after_another_never_find_a_server_busy()
    {
        await ServeAsync<ITrial>(new TrialService(), serviceOptions: new RpcServiceOptions { MaxConcurrency = 1, MaxQueued = 0 });
        var trial = await ConnectAsync<ITrial>();

        for (var i = 0; i < 300; i++)
        {
            Assert.Equal($"{i}", await trial.Run($"{i}").WithinDeadlineAsync());
        }

        var crowd = Enumerable.Range(0, 300).Select(i => trial.Run($"{i}"));
        Assert.Equal(Enumerable.Range(0, 300).Select(static i => $"{i}"), await Task.WhenAll(crowd).WithinDeadlineAsync());
    }

    [Fact]
    public async Task One_way_calls_wait_however_many_do()
    {
        var gate = new Gate();
        var service = new TrialService(AnswerAt(gate));
        await ServeAsync<ITrial>(service, serviceOptions: new RpcServiceOptions { MaxConcurrency = 1, MaxQueued = 0 });
        var trial = await ConnectAsync<ITrial>();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => trial.Note($"{i}"))).WithinDeadlineAsync();
        await gate.ArrivalsAsync();
        gate.Open();

        await Eventually.IsTrueAsync(() => service.Entered.Count == 20, "all of them are served");
    }

    [Fact]
    public async Task Calls_from_inside_handlers_get_their_replies_while_every_place_is_taken()
    {
        var (innerQueue, inside) = (NewQueue(), new Gate());
        await ServeAsync<ITrial>(new TrialService(), serviceOptions: new RpcServiceOptions { Queue = innerQueue, MaxConcurrency = 1 });
        var inner = Proxy<ITrial>(await ConnectAsync(), innerQueue);
        await ServeAsync<ITrial>(
            new TrialService(async text =>
            {
                await inside.PassAsync();
                return await inner.Run(text + 1) + await inner.Run(text + 2);
            }),
            serviceOptions: new RpcServiceOptions { MaxConcurrency = 4 });
        var outer = await ConnectAsync<ITrial>();

        var calls = Enumerable.Range(0, 40).Select(i => outer.Run($"{i}.")).ToArray();
        await inside.ArrivalsAsync(4);
        inside.Open();

        Assert.Equal(Enumerable.Range(0, 40).Select(static i => $"{i}.1{i}.2"), await Task.WhenAll(calls).WithinDeadlineAsync());
    }

    [Fact]
    public async Task Cycle_that_exhausts_a_limit_ends_at_its_deadline_and_says_what_waited()
    {
        var clock = CreateClock();
        var entered = new Gate();
        entered.Open();
        var client = await ConnectAsync(new RpcClientOptions { TimeProvider = clock.Time });
        var self = Proxy<ITrial>(client);
        var service = new TrialService(async text =>
        {
            await entered.PassAsync();
            return text == "outer" ? await self.Run("inner") : text;
        });
        await ServeAsync<ITrial>(service, serviceOptions: new RpcServiceOptions { MaxConcurrency = 1 });
        var call = self.Run("outer");
        await entered.ArrivalsAsync();
        var raw = await RawAsync();
        await Eventually.IsTrueAsync(async () => await raw.CountAsync(Queue) == 1, "the inner call waits for the place that the outer one has");
        clock.Advance(TimeSpan.FromSeconds(16));
        await self.AskedAsync(clock);
        clock.Advance(TimeSpan.FromSeconds(16));

        var failure = await FailsAsync(call.WithinDeadlineAsync(), RpcStatus.DeadlineExceeded, RpcReason.NoReply, mayHaveRun: true);
        Assert.True(failure.Diagnosis is { QueueDepth: >= 1, Consumers: 1 }, failure.Message);
        Assert.Matches("[0-9]+ messages waited in the queue and it had 1 consumers", failure.Message);
    }

    private static Task Done(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private static Func<string, Task<string>> AnswerAt(Gate gate) => async text =>
    {
        await gate.PassAsync();
        return text;
    };
}
