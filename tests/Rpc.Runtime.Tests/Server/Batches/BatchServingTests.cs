using Rpc.Batching;
using Rpc.Serialization;
using Rpc.TestKit.Conformance;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Server.Batches;

/// <summary>A served contract gets messages with several calls: the envelope is shared, and nothing else.</summary>
public sealed class BatchServingTests : IDisposable
{
    private readonly ServedSteps _steps = new(new RpcServiceOptions { MaxConcurrency = 4 });

    public void Dispose() => _steps.Dispose();

    [Fact]
    public async Task Each_call_IsAnsweredOnceAndTheMessageIsAcknowledgedOnce()
    {
        var batch = await _steps.ServeAsync(ServedBatch.Of(ServedBatch.Calls("Plain", 5)));

        Assert.Equal(Enumerable.Range(1, 5).Select(static i => ((long)i, $"{i + 1}")), ServedBatch.Replies(batch).OrderBy(static reply => reply.Key).Select(static reply => (reply.Key, reply.Value.Text)));
        Assert.Equal("acknowledged", await batch.Settled.Soon());
        Assert.Equal((5, 1), (_steps.Runs, batch.Releases));
    }

    [Fact]
    public async Task Acknowledgement_WaitsForTheLastCall()
    {
        var slow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _steps.OnRun = async n =>
        {
            await (n == 2 ? slow.Task : Task.CompletedTask);
            return n;
        };
        var batch = ServedBatch.Of(ServedBatch.Calls("Plain", 3));
        _steps.Host.Received(batch);

        await Poll.UntilAsync(() => ServedBatch.Replies(batch).Count == 2 && _steps.Host.Running.Count == 1, "the other two are answered");
        Assert.False(batch.Settled.IsCompleted);
        Assert.Equal(0, batch.Releases);

        slow.SetResult();
        Assert.Equal("acknowledged", await batch.Settled.Soon());
        await _steps.Host.WhenIdleAsync().Soon();
        Assert.Equal((3, 1), (ServedBatch.Replies(batch).Count, batch.Releases));
    }

    [Fact]
    public async Task Reply_NamesTheTimeOfItsHandlerAndNoneWhereNothingRan()
    {
        _steps.OnRun = n =>
        {
            _steps.Time.Advance(TimeSpan.FromMicroseconds(700));
            return Task.FromResult(n);
        };
        var batch = await _steps.ServeAsync(ServedBatch.Of(new RawFrame(1, "Plain", """{"n":1}""")));
        var quick = ServedBatch.Of(new RawFrame(2, "Plain", """{"n":1}"""), new RawFrame(3, "NoSuchMethod", "{}"));
        _steps.OnRun = Task.FromResult;
        await _steps.ServeAsync(quick);

        Assert.Equal(700, ServedBatch.Replies(batch)[1].Time);
        Assert.Equal((1, 0), (ServedBatch.Replies(quick)[2].Time, ServedBatch.Replies(quick)[3].Time)); // at least 1 if it ran, whatever the clock says
    }

    [Theory]
    [InlineData("other")]
    [InlineData(null)]
    public async Task Batch_from_another_program_IsRefusedAsAWholeAndNothingRuns(string? appId)
    {
        AssertRefused(await _steps.ServeAsync(ServedBatch.Of(ServedBatch.Properties() with { AppId = appId }, ServedBatch.Calls("Plain", 2))), mayHaveRun: false);
    }

    [Fact]
    public async Task Batch_that_holds_no_calls_or_replies_IsRefusedAsAWhole()
    {
        AssertRefused(await _steps.ServeAsync(ServedBatch.Of([])), mayHaveRun: false);
        AssertRefused(await _steps.ServeAsync(ServedBatch.Of(new RawFrame(1, "Plain", """{"n":1}"""), new RawFrame(2, "1"))), mayHaveRun: false);
        AssertRefused(await _steps.ServeAsync(new FakeDelivery(ServedBatch.Properties(), [])), mayHaveRun: false);
    }

    [Fact]
    public async Task Batch_that_breaks_off_in_its_last_frame_RunsNoneOfIt()
    {
        var body = new RawBatch(ServedBatch.Nonce, ServedBatch.Calls("Plain", 3)).ToBytes();
        AssertRefused(await _steps.ServeAsync(new FakeDelivery(ServedBatch.Properties(), body[..^1])), mayHaveRun: false);
        AssertRefused(await _steps.ServeAsync(new FakeDelivery(ServedBatch.Properties() with { Redelivered = true }, body[..^1])), mayHaveRun: true);
    }

    [Fact]
    public async Task Frame_of_an_unknown_kind_IsPassedOverUnlessItSaysOtherwise()
    {
        var passed = await _steps.ServeAsync(ServedBatch.Of(new RawFrame(9, 7, "x"u8.ToArray()) { Rest = [1, 2, 3] }, new RawFrame(1, "Plain", """{"n":1}""")));
        Assert.Equal("2", Assert.Single(ServedBatch.Replies(passed)).Value.Text);
        Assert.Equal("acknowledged", await passed.Settled.Soon());

        var runs = _steps.Runs;
        var refused = await _steps.ServeAsync(ServedBatch.Of(new RawFrame(1, "Plain", """{"n":1}"""), new RawFrame(9, 7, default) { Flags = RawFrame.RefuseIfUnknown, Rest = [] }));
        Assert.Equal(RpcReason.Batch, FaultFormat.Read(Assert.Single(refused.Replies).Body).Reason);
        Assert.Equal(runs, _steps.Runs);
    }

    [Fact]
    public async Task Broken_calls_AreRefusedEachForItself()
    {
        var batch = await _steps.ServeAsync(ServedBatch.Of(
            new RawFrame(1, "Plain", "{}"), new RawFrame(2, "Plain", """{"n":1}"""), new RawFrame(3, "plain", "{}"), new RawFrame(4, "a/b", "{}")));

        var replies = ServedBatch.Replies(batch);
        Assert.Equal("2", replies[2].Text);
        Assert.Equal([RpcReason.BadRequest, RpcReason.UnknownMethod, RpcReason.UnknownService], new long[] { 1, 3, 4 }.Select(number => ServedBatch.FaultOf(replies[number]).Reason));
        Assert.Equal(1, _steps.Runs);
        Assert.Equal("acknowledged", await batch.Settled.Soon());
    }

    [Fact]
    public async Task Other_service_or_format_IsToldToEachCall()
    {
        var service = await _steps.ServeAsync(ServedBatch.Of(ServedBatch.Properties() with { Type = "another" }, ServedBatch.Calls("Plain", 2)));
        var format = await _steps.ServeAsync(new FakeDelivery(ServedBatch.Properties(), (new RawBatch(ServedBatch.Nonce, ServedBatch.Calls("Plain", 2)) { ContentType = "text/odd" }).ToBytes()));
        var encoding = await _steps.ServeAsync(ServedBatch.Of(ServedBatch.Properties() with { ContentEncoding = "gzip" }, ServedBatch.Calls("Plain", 2)));

        Assert.All(new[] { service, format, encoding }, static batch => Assert.Equal(2, ServedBatch.Replies(batch).Count));
        Assert.All(ServedBatch.Replies(service).Values, static reply => Assert.Equal(RpcReason.UnknownService, ServedBatch.FaultOf(reply).Reason));
        Assert.All(ServedBatch.Replies(format).Values, static reply => Assert.Equal(RpcReason.BadRequest, ServedBatch.FaultOf(reply).Reason));
        Assert.All(ServedBatch.Replies(encoding).Values, static reply => Assert.Equal(RpcReason.BadRequest, ServedBatch.FaultOf(reply).Reason));
        Assert.Equal(0, _steps.Runs);
    }

    [Fact]
    public async Task Batch_without_an_address_RunsAndIsAcknowledged()
    {
        var batch = await _steps.ServeAsync(ServedBatch.Of(ServedBatch.Properties() with { ReplyTo = null }, [.. ServedBatch.Calls("Plain", 2), new RawFrame(3, "Plain", "{}")]));

        Assert.Empty(batch.Replies);
        Assert.Equal("acknowledged", await batch.Settled.Soon());
        Assert.Equal((2, 1), (_steps.Runs, batch.Releases));
    }

    [Fact]
    public async Task Call_that_is_acknowledged_before_it_runs_SettlesItsMessageOnlyWithTheOthers()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _steps.OnRun = async n =>
        {
            await gate.Task;
            return n;
        };
        var batch = ServedBatch.Of(new RawFrame(1, "AckFirst", """{"n":1}"""), new RawFrame(2, "Plain", """{"n":2}"""));
        var alone = ServedBatch.Of(new RawFrame(3, "AckFirst", """{"n":3}"""));
        _steps.Host.Received(batch);
        _steps.Host.Received(alone);
        Assert.Equal("acknowledged", await alone.Settled.Soon());
        await Poll.UntilAsync(() => _steps.Runs == 3, "all run");
        Assert.False(batch.Settled.IsCompleted);

        gate.SetResult();
        Assert.Equal("acknowledged", await batch.Settled.Soon());
        await _steps.Host.WhenIdleAsync().Soon();
        Assert.Equal([1, 2, 3], ServedBatch.Replies(batch, alone).Keys.Order());
    }

    private static void AssertRefused(FakeDelivery batch, bool mayHaveRun)
    {
        var reply = Assert.Single(batch.Replies);
        Assert.Equal("batch", reply.CorrelationId);
        var fault = FaultFormat.Read(reply.Body);
        Assert.Equal((RpcStatus.Unimplemented, RpcReason.Batch, mayHaveRun), (fault.Status, fault.Reason, fault.MayHaveRun));
        Assert.Equal("acknowledged", batch.Settled.Result);
        Assert.Equal(1, batch.Releases);
    }
}
