using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>What becomes of calls that share a message when something goes wrong with it, or with who has it.</summary>
public abstract class BatchOutcomeConformance(IConformanceBroker broker) : BatchingTest(broker)
{
    [Fact]
    public async Task Message_that_nobody_serves_ends_each_of_its_calls_at_once()
    {
        await StartSharingAsync();

        var calls = await TogetherWithoutServerAsync(Three);

        await AllFailAsync(calls, RpcStatus.Unavailable, RpcReason.NoServer, mayHaveRun: false);
        Assert.Equal([3], Shape);
        AssertNothingPending(Client);
    }

    [Fact]
    public async Task Server_that_cannot_read_it_gets_each_call_plain()
    {
        var (raw, reader) = await ServeByHandAsync();
        await StartSharingAsync();
        var calls = await TogetherWithoutServerAsync(Three);
        var message = await reader.NextAsync();
        await raw.PublishAsync(message.ReplyTo!, new RawEnvelope("""{"status":"Unimplemented","reason":"Batch","mayHaveRun":false,"message":"what is this"}""")
        {
            CorrelationId = message.CorrelationId, ContentType = RawEnvelope.FaultContentType, AppId = RawEnvelope.OwnAppId,
        });

        for (var i = 0; i < 3; i++)
        {
            var plain = await reader.NextAsync();
            Assert.Equal(("application/json", $"{RpcContract<ITrial>.Get().Service}/Run"), (plain.ContentType, plain.Type));
            await raw.PublishAsync(plain.ReplyTo!, new RawEnvelope($"\"{plain.Member("text")}\"") { CorrelationId = plain.CorrelationId, AppId = RawEnvelope.OwnAppId });
        }

        Assert.Equal(["0", "1", "2"], await Task.WhenAll(calls).WithinDeadlineAsync());
        Assert.Equal([3, 0, 0, 0], Shape);
    }

    [Fact]
    public async Task Result_for_a_whole_message_is_nobodys()
    {
        var (raw, reader) = await ServeByHandAsync();
        await StartSharingAsync();
        var calls = await TogetherWithoutServerAsync(Three);
        await raw.ReplyAsync(await reader.NextAsync(), "\"0\"");

        await AllFailAsync(calls, RpcStatus.Internal, RpcReason.BadReply, mayHaveRun: true);
    }

    [Fact]
    public async Task Deadline_and_cancellation_end_one_call_and_its_late_reply_is_counted()
    {
        var clock = CreateClock();
        var (raw, reader) = await ServeByHandAsync();
        await StartSharingAsync(new RpcClientOptions { TimeProvider = clock.Time });
        using var source = new CancellationTokenSource();
        var calls = await TogetherWithoutServerAsync(() => new[]
        {
            Trial.Run("0", source.Token), Trial.With(new RpcCallOptions { Timeout = TimeSpan.FromSeconds(2) }).Run("1"), Trial.Run("2"),
        });
        var message = await reader.NextAsync();
        await source.CancelAsync();
        clock.Advance(TimeSpan.FromSeconds(1));
        clock.Advance(TimeSpan.FromSeconds(2));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => calls[0].WithinDeadlineAsync());
        await FailsAsync(calls[1].WithinDeadlineAsync(), RpcStatus.DeadlineExceeded, RpcReason.NoReply, mayHaveRun: true);
        Assert.False(calls[2].IsCompleted);
        await ReplyInKindAsync(raw, message);
        Assert.Equal("2", await calls[2].WithinDeadlineAsync());
        await Eventually.IsTrueAsync(() => Client.Calls.Unmatched == 2, "the other two replies came late");
    }

    [Fact]
    public async Task Lost_connection_of_the_client_ends_each_call()
    {
        var path = await OpenPathAsync();
        var (_, reader) = await ServeByHandAsync();
        await StartSharingAsync(path: path);
        var calls = await TogetherWithoutServerAsync(Three);
        await reader.NextAsync();

        await path.CutAsync();

        await AllFailAsync(calls, RpcStatus.Unavailable, RpcReason.ConnectionLost, mayHaveRun: true);
    }

    [Fact]
    public async Task Message_of_a_server_that_is_lost_is_not_run_by_the_next()
    {
        var (_, reader) = await ServeByHandAsync();
        await StartSharingAsync();
        var calls = await TogetherWithoutServerAsync(() => new[] { Trial.Run("0"), Trial.Repeat("1"), Trial.Run("2") });
        await reader.NextAsync();
        await reader.DisposeAsync();
        var service = new TrialService();
        await ServeAsync<ITrial>(service, serviceOptions: new RpcServiceOptions { Topology = RpcTopology.Passive });

        await AllFailAsync(calls, RpcStatus.Aborted, RpcReason.Redelivered, mayHaveRun: true);
        Assert.Empty(service.Entered);
    }

    [Fact]
    public async Task Server_that_only_lost_its_connection_answers_each_call_and_runs_none_twice()
    {
        var (waiting, path) = (new Gate(), await OpenPathAsync());
        var service = new TrialService(async text =>
        {
            if (text == "wait")
            {
                await waiting.PassAsync();
            }

            return text;
        });
        var server = await ServeAsync<ITrial>(service, serviceOptions: new RpcServiceOptions { MaxConcurrency = 2 }, path: path);
        await StartSharingAsync();

        // Two run and two wait for their turn.
        var calls = await TogetherAsync(() => new[] { Trial.Run("wait"), Trial.Run("wait"), Trial.Run("2"), Trial.Run("3") });
        await waiting.ArrivalsAsync(2);
        await path.CutAsync();
        await AllFailAsync(calls[2..], RpcStatus.Aborted, RpcReason.Redelivered, mayHaveRun: true);
        waiting.Open();

        Assert.Equal(["wait", "wait"], await Task.WhenAll(calls[..2]).WithinDeadlineAsync());
        Assert.Equal(["first", "wait", "wait"], service.Entered.Order());
        AssertNothingPending(Client);
        await server.DisposeAsync().AsTask().WithinDeadlineAsync();
        Assert.Empty(await (await RawAsync()).TakeAllAsync(Queue)); // settled, on whatever channel
    }

    [Fact]
    public async Task Stopping_server_finishes_what_runs_and_tells_the_others_of_the_message()
    {
        var gate = new Gate();
        var service = new TrialService(async text =>
        {
            await (text == "first" ? Task.CompletedTask : gate.PassAsync());
            return text;
        });
        var server = await ServeAsync<ITrial>(service, serviceOptions: new RpcServiceOptions { MaxConcurrency = 1 });
        await StartSharingAsync();
        var calls = await TogetherAsync(Three);
        await gate.ArrivalsAsync();

        var stopping = server.DisposeAsync().AsTask();
        await AllFailAsync(calls[1..], RpcStatus.Unavailable, RpcReason.Draining, mayHaveRun: false);
        Assert.False(stopping.IsCompleted);
        gate.Open();

        Assert.Equal("0", await calls[0].WithinDeadlineAsync());
        await stopping.WithinDeadlineAsync();
        Assert.Equal(["first", "0"], service.Entered);
    }

    private Task<string>[] Three() => [Trial.Run("0"), Trial.Run("1"), Trial.Run("2")];

    private static async Task AllFailAsync(Task<string>[] calls, RpcStatus status, RpcReason reason, bool mayHaveRun)
    {
        foreach (var call in calls)
        {
            await FailsAsync(call.WithinDeadlineAsync(), status, reason, mayHaveRun);
        }
    }

    private static async Task ReplyInKindAsync(IRawSide raw, RawEnvelope message)
    {
        var batch = RawBatch.Read(message.Body);
        await raw.PublishAsync(message.ReplyTo!, new RawBatch(batch.Nonce, [.. batch.Frames.Select(static (frame, i) => new RawFrame(frame.Number, $"\"{i}\""))]).ToReply());
    }
}
