using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>A server that only lost its connection keeps its calls: what runs here is not run again, and its caller gets the result.</summary>
public abstract class AdoptionConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    [Fact]
    public async Task Call_that_goes_on_after_the_connection_is_back_runs_once_and_is_answered()
    {
        var gate = new Gate();
        var path = await OpenPathAsync();
        var service = new TrialService(AnswerAt(gate));
        await ServeAsync<ITrial>(service, path: path);
        var client = await ConnectAsync();
        var trial = Proxy<ITrial>(client);
        var call = trial.Run("wait");
        await gate.ArrivalsAsync();

        await path.CutAsync();

        // What comes again comes before what is new: when this one is answered, the other one has come again.
        Assert.Equal("new", await trial.With(new RpcCallOptions { Retry = new RpcRetryOptions() }).Repeat("new").WithinDeadlineAsync());
        Assert.False(call.IsCompleted);
        gate.Open();

        Assert.Equal("wait", await call.WithinDeadlineAsync());
        Assert.Single(service.Entered, "wait");
        AssertNothingPending(client);
    }

    [Fact]
    public async Task Call_that_ends_while_there_is_no_connection_is_answered_through_the_next()
    {
        var gate = new Gate();
        var path = await OpenPathAsync();
        var service = new TrialService(AnswerAt(gate));
        var server = await ServeAsync<ITrial>(service, path: path);
        var client = await ConnectAsync();
        var calls = Enumerable.Range(0, 10).Select(i => Proxy<ITrial>(client).Run($"wait {i}")).ToArray();
        await gate.ArrivalsAsync(10);

        await path.CutAsync();
        gate.Open();

        Assert.Equal(Enumerable.Range(0, 10).Select(static i => $"wait {i}"), await Task.WhenAll(calls).WithinDeadlineAsync());
        Assert.Equal(10, service.Entered.Count);
        AssertNothingPending(client);

        // All of them are settled, on whatever channel.
        await server.DisposeAsync().AsTask().WithinDeadlineAsync();
        Assert.Empty(await (await RawAsync()).TakeAllAsync(Queue));
    }

    [Fact]
    public async Task Request_that_comes_again_after_it_was_answered_gets_the_same_answer()
    {
        var count = 0;
        await ServeAsync<ITrial>(new TrialService(text => text == "refused"
            ? throw new RpcException(RpcStatus.NotFound, $"no. {++count}")
            : Task.FromResult($"{text} {++count}")));
        var raw = await RawAsync();
        var first = TrialMessages.Request("Run", "q") with { ReplyTo = raw.ReplyQueue, CorrelationId = "client.1", AppId = RawEnvelope.OwnAppId };
        var refused = TrialMessages.Request("Run", "refused") with { ReplyTo = raw.ReplyQueue, CorrelationId = "client.2", AppId = RawEnvelope.OwnAppId };

        await raw.PublishAsync(Queue, first);
        var answer = await raw.NextReplyAsync();
        await raw.PublishAsync(Queue, refused);
        var refusal = await raw.NextReplyAsync();
        await AcknowledgedAsync(raw);
        await raw.PublishAsync(Queue, first with { WasDeadLettered = true });
        var answerAgain = await raw.NextReplyAsync();
        await raw.PublishAsync(Queue, refused with { WasDeadLettered = true });
        var refusalAgain = await raw.NextReplyAsync();

        Assert.Equal("\"q 1\"", answer.Text);
        Assert.Equal(("no. 2", true), (refusal.Member("message"), refusal.IsFault));
        Assert.Equal((answer.Text, answer.CorrelationId, answer.ContentType), (answerAgain.Text, answerAgain.CorrelationId, answerAgain.ContentType));
        Assert.Equal((refusal.Text, refusal.CorrelationId, refusal.ContentType), (refusalAgain.Text, refusalAgain.CorrelationId, refusalAgain.ContentType));
        Assert.Equal(3, count); // the next call's own
    }

    [Fact]
    public async Task Somebody_elses_request_does_not_get_that_answer()
    {
        await ServeAsync<ITrial>(new TrialService());
        var raw = await RawAsync();
        var request = TrialMessages.Request("Run", "secret") with { ReplyTo = raw.ReplyQueue, CorrelationId = "client.1", AppId = RawEnvelope.OwnAppId };
        await raw.PublishAsync(Queue, request);
        Assert.Equal("\"secret\"", (await raw.NextReplyAsync()).Text);
        await using var other = await OpenRawAsync();

        await other.PublishAsync(Queue, request with { ReplyTo = other.ReplyQueue, WasDeadLettered = true });

        Assert.Equal("Redelivered", (await other.NextReplyAsync()).Member("reason"));
    }

    [Fact]
    public async Task Request_that_was_taken_and_not_started_is_told_when_it_comes_again()
    {
        // Acknowledged before it runs, the first one makes room for a second one to be taken, which waits.
        var gate = new Gate();
        using var clock = new HoldingTimeProvider();
        var path = await OpenPathAsync();
        var service = new TrialService(AnswerAt(gate));
        await ServeAsync<ITrial>(service, new RpcServerOptions { TimeProvider = clock }, new RpcServiceOptions { MaxConcurrency = 1 }, path);
        var client = await ConnectAsync();
        var trial = Proxy<ITrial>(client);
        var running = trial.RunAcknowledged("wait");
        await gate.ArrivalsAsync();
        clock.HoldNext();
        var waiting = trial.Run("wait, too");
        await clock.Held.WithinDeadlineAsync();
        clock.Release();
        await path.CutAsync();

        await FailsAsync(waiting.WithinDeadlineAsync(), RpcStatus.Aborted, RpcReason.Redelivered, mayHaveRun: true);
        gate.Open();
        Assert.Equal("wait", await running.WithinDeadlineAsync());
        Assert.Equal("last", await trial.Run("last").WithinDeadlineAsync());
        Assert.Equal(["wait", "last"], service.Entered);
    }

    [Fact]
    public async Task Twin_of_a_running_request_takes_no_place_for_ever()
    {
        var (gate, crowd) = (new Gate(), new Gate());
        var service = new TrialService(async text =>
        {
            await (text == "wait" ? gate : crowd).PassAsync();
            return text;
        });
        await ServeAsync<ITrial>(service, serviceOptions: new RpcServiceOptions { MaxConcurrency = 3 });
        var raw = await RawAsync();
        var trial = await ConnectAsync<ITrial>();
        var request = TrialMessages.Request("Run", "wait") with { ReplyTo = raw.ReplyQueue, CorrelationId = "client.1", AppId = RawEnvelope.OwnAppId };
        await raw.PublishAsync(Queue, request);
        await gate.ArrivalsAsync();
        await raw.PublishAsync(Queue, request with { WasDeadLettered = true });
        await raw.PublishAsync(Queue, TrialMessages.Request("Run", "behind the twin"));
        await crowd.ArrivalsAsync();
        gate.Open();
        Assert.Equal("\"wait\"", (await raw.NextReplyAsync()).Text);

        // One of the crowd runs already; there is room for two more.
        var calls = new[] { trial.Run("two"), trial.Run("three") };
        await crowd.ArrivalsAsync(2);
        crowd.Open();
        Assert.Equal(["two", "three"], await Task.WhenAll(calls).WithinDeadlineAsync());
        Assert.Single(service.Entered, "wait");
    }

    private async Task AcknowledgedAsync(IRawSide raw) => Assert.NotNull(await raw.CallAsync(Queue, TrialMessages.Request("Run", "next")));

    private static Func<string, Task<string>> AnswerAt(Gate gate) => async text =>
    {
        if (text.StartsWith("wait", StringComparison.Ordinal))
        {
            await gate.PassAsync();
        }

        return text;
    };
}
