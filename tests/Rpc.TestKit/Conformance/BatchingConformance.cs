using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>Which calls share a message, seen by the servers that they go to: some of ours, and one that is written by hand.</summary>
public abstract class BatchingConformance(IConformanceBroker broker) : BatchingTest(broker)
{
    [Fact]
    public async Task First_call_is_plain_and_those_after_a_reply_of_ours_are_frames()
    {
        var (raw, reader) = await ServeByHandAsync();
        await StartClientAsync();

        Assert.False(IsBatch(await AnswerAsync(raw, reader, RawEnvelope.OwnAppId)));
        var message = await AnswerAsync(raw, reader, RawEnvelope.OwnAppId);

        Assert.True(IsBatch(message));
        Assert.Equal((RpcContract<ITrial>.Get().Service, RawEnvelope.OwnAppId), (message.Type, message.AppId));
        Assert.InRange(message.TimeToLive!.Value, 1, 30_000);
        var batch = RawBatch.Read(message.Body);
        var frame = Assert.Single(batch.Frames);
        Assert.Equal((RawFrame.Request, "Run", """{"text":"q"}""", 1L), (frame.Kind, frame.Method, frame.Text, frame.Attempt));
        Assert.NotEqual(batch.IdOf(frame.Number), message.CorrelationId);
    }

    [Fact]
    public async Task Reply_of_another_program_pauses_it_for_a_minute()
    {
        var clock = CreateClock();
        var (raw, reader) = await ServeByHandAsync();
        await StartClientAsync(new RpcClientOptions { TimeProvider = clock.Time });
        await AnswerAsync(raw, reader, RawEnvelope.OwnAppId);

        Assert.True(IsBatch(await AnswerAsync(raw, reader, "something else")));
        Assert.False(IsBatch(await AnswerAsync(raw, reader, RawEnvelope.OwnAppId)));
        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(IsBatch(await AnswerAsync(raw, reader, RawEnvelope.OwnAppId)));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(IsBatch(await AnswerAsync(raw, reader, RawEnvelope.OwnAppId)));
    }

    [Fact]
    public async Task Client_that_does_not_want_it_sends_each_call_by_itself()
    {
        await ServeAsync<ITrial>(new TrialService());
        await StartClientAsync(new RpcClientOptions { Batching = false });
        ShareMessages<ITrial>(Client, Queue);

        var calls = await TogetherAsync(() => Enumerable.Range(0, 5).Select(i => Trial.Run($"{i}")).ToArray());

        Assert.Equal(Enumerable.Range(0, 5).Select(static i => $"{i}"), await Task.WhenAll(calls).WithinDeadlineAsync());
        Assert.Equal([0, 0, 0, 0, 0], Shape);
    }

    [Fact]
    public async Task Calls_that_wait_together_are_one_message_and_each_gets_its_own_result()
    {
        var service = new TrialService();
        await ServeAsync<ITrial>(service);
        await StartSharingAsync();

        var calls = await TogetherAsync(() => Enumerable.Range(0, 60).Select(i => i % 2 == 0 ? Trial.Run($"{i}") : Trial.Repeat($"{i}")).ToArray());

        Assert.Equal(Enumerable.Range(0, 60).Select(static i => $"{i}"), await Task.WhenAll(calls).WithinDeadlineAsync());
        Assert.Equal([60], Shape);
        Assert.Equal(61, service.Entered.Count);
        AssertNothingPending(Client);
    }

    [Fact]
    public async Task Calls_of_a_batch_fail_each_in_its_own_way()
    {
        await ServeAsync<ITrial>(new TrialService(static text => text switch
        {
            "refuse" => throw new RpcException(RpcStatus.NotFound, "none"),
            "throw" => throw new InvalidOperationException(text),
            _ => Task.FromResult(text),
        }));
        await StartSharingAsync();

        var calls = await TogetherAsync(() => new[] { Trial.Run("refuse"), Trial.Run("throw"), Trial.Run("fine") });

        await FailsAsync(calls[0].WithinDeadlineAsync(), RpcStatus.NotFound, RpcReason.None, mayHaveRun: true);
        await FailsAsync(calls[1].WithinDeadlineAsync(), RpcStatus.Internal, RpcReason.Handler, mayHaveRun: true);
        Assert.Equal("fine", await calls[2].WithinDeadlineAsync());
        Assert.Equal([3], Shape);
    }

    [Fact]
    public async Task Each_call_has_its_own_headers_and_deadline_and_token()
    {
        var gate = new Gate();
        await ServeAsync<ITrial>(new TrialService(async (text, token) =>
        {
            var context = RpcCallContext.Current!;
            context.ReplyHeaders["answers"] = text;
            if (text == "wait")
            {
                await gate.PassAsync(token);
            }

            return text == "first" ? text : $"{context.Headers.GetValueOrDefault("tenant")} {context.Headers.Count} {context.TimeLeft > TimeSpan.FromMinutes(1)}";
        }));
        await StartSharingAsync();
        using var source = new CancellationTokenSource();
        var (blue, red) = (new RpcHeaders { { "tenant", "blue" } }, new RpcHeaders { { "tenant", "red" }, { "large", new string('x', 15_000) } });

        var calls = await TogetherAsync(() => new[]
        {
            Trial.With(new RpcCallOptions { Headers = blue }).Run("a"), Trial.With(new RpcCallOptions { Headers = red, Timeout = TimeSpan.FromSeconds(20) }).Run("b"),
            Trial.Run("c"), Trial.Run("wait", source.Token),
        });

        Assert.Equal(["blue 1 False", "red 2 False", " 0 False"], await Task.WhenAll(calls[..3]).WithinDeadlineAsync());
        Assert.Equal([4], Shape);
        var frames = RawBatch.Read(Sent[0].Body).Frames;
        Assert.InRange(frames[1].Time, 1, 20_000);
        Assert.InRange(frames[2].Time, 20_001, 30_000);

        // The call that runs on is cancelled through its server's instance queue; the others of its message have long ended.
        await gate.ArrivalsAsync();
        await Eventually.IsTrueAsync(() => Client.Calls.WatchedCount == 1, "its server has said that it runs");
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => calls[3].WithinDeadlineAsync());
    }

    [Fact]
    public async Task One_way_and_early_acknowledged_calls_go_by_themselves()
    {
        var service = new TrialService();
        await ServeAsync<ITrial>(service);
        await StartSharingAsync();

        var calls = await TogetherAsync(() => new Task[] { Trial.Run("1"), Trial.Note("2"), Trial.RunAcknowledged("3"), Trial.RunAcknowledged("4"), Trial.Run("5") });

        await Task.WhenAll(calls).WithinDeadlineAsync();
        Assert.Equal([1, 0, 1, 1, 1], Shape);
        await Eventually.IsTrueAsync(() => service.Entered.Count == 6, "all have run");
    }

    [Fact]
    public async Task Calls_of_two_contracts_on_one_queue_do_not_meet_in_a_message()
    {
        await ServeAsync<ITrial>(new TrialService());
        await StartSharingAsync();
        ShareMessages<IProbe>(Client, Queue);
        var probe = Client.Create<IProbe>(new RpcRoute { Queue = Queue });

        var calls = await TogetherAsync(() => new[] { Trial.Run("1"), Trial.Run("2"), probe.Ask("3"), probe.Ask("4") });

        Assert.Equal(["1", "2"], await Task.WhenAll(calls[..2]).WithinDeadlineAsync());
        Assert.All(await Task.WhenAll(calls[2..].Select(call => FailsAsync(call.WithinDeadlineAsync(), RpcStatus.Unimplemented, RpcReason.UnknownService, mayHaveRun: false))), Assert.NotNull);
        Assert.Equal([2, 2], Shape);
    }

    [Theory]
    [InlineData(RpcReplyMode.Durable)]
    [InlineData(RpcReplyMode.Direct)]
    public async Task Replies_come_in_kind_whatever_the_reply_queue(RpcReplyMode mode)
    {
        await ServeAsync<ITrial>(new TrialService());
        await StartSharingAsync(new RpcClientOptions { ReplyMode = mode });

        var calls = await TogetherAsync(() => Enumerable.Range(0, 20).Select(i => Trial.Run($"{i}")).ToArray());

        Assert.Equal(Enumerable.Range(0, 20).Select(static i => $"{i}"), await Task.WhenAll(calls).WithinDeadlineAsync());
        Assert.Equal([20], Shape);
    }

    // One call, answered by hand and plain.
    private async Task<RawEnvelope> AnswerAsync(IRawSide raw, IRawReader reader, string? appId)
    {
        var call = Trial.Run("q");
        var message = await reader.NextAsync();
        await reader.SettleAsync();
        var batch = IsBatch(message) ? RawBatch.Read(message.Body) : null;
        await raw.PublishAsync(message.ReplyTo!, new RawEnvelope("\"a\"") { CorrelationId = batch?.IdOf(batch.Frames[0].Number) ?? message.CorrelationId, AppId = appId });
        Assert.Equal("a", await call.WithinDeadlineAsync());
        return message;
    }
}
