using Rpc.TestKit.Conformance;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Server.Batches;

/// <summary>Messages with several calls that come again, and servers that are full or stop.</summary>
public sealed class BatchRedeliveryTests : IDisposable
{
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ServedSteps _steps;

    public BatchRedeliveryTests()
    {
        _steps = Create(maxConcurrency: 2, maxQueued: 100);
    }

    public void Dispose() => _steps.Dispose();

    [Theory]
    [InlineData("Plain")]
    [InlineData("Again")]
    [InlineData("AckFirst")]
    [InlineData("TellAgain")] // one-way calls come by themselves; if one does not, it has its caller's address, and is answered
    public async Task Calls_that_somebody_had_before_AreNotRunAndEachIsTold(string method)
    {
        var batch = await _steps.ServeAsync(ServedBatch.Of(ServedBatch.Properties() with { Redelivered = true }, ServedBatch.Calls(method, 3)));

        var replies = ServedBatch.Replies(batch);
        Assert.Equal([1, 2, 3], replies.Keys.Order());
        Assert.All(replies.Values, static reply => Assert.Equal((RpcReason.Redelivered, true), (ServedBatch.FaultOf(reply).Reason, ServedBatch.FaultOf(reply).MayHaveRun)));
        Assert.Equal("acknowledged", await batch.Settled.Soon());
        Assert.Equal(0, _steps.Runs);
    }

    [Fact]
    public async Task Calls_that_still_run_here_AnswerThroughTheSecondMessage_WhichIsReadableToTheEnd()
    {
        var (first, second) = (Pooled(), Pooled(redelivered: true));
        _steps.Host.Received(first);
        await Poll.UntilAsync(() => _steps.Runs == 2, "both run");
        first.IsLive = false;

        _steps.Host.Received(second);
        _gate.SetResult();
        await _steps.Host.WhenIdleAsync().Soon();

        Assert.Equal(["1", "2"], ServedBatch.Replies(second).OrderBy(static reply => reply.Key).Select(static reply => reply.Value.Text));
        Assert.Equal("acknowledged", await second.Settled.Soon());
        Assert.False(first.Settled.IsCompleted);
        Assert.Equal((2, 1, 1), (_steps.Runs, first.Releases, second.Releases));
    }

    [Fact]
    public async Task Calls_that_were_answered_just_now_GetTheSameAnswersAgain()
    {
        _gate.SetResult();
        var first = await _steps.ServeAsync(ServedBatch.Of(ServedBatch.Calls("Plain", 2)));
        var second = await _steps.ServeAsync(ServedBatch.Of(ServedBatch.Properties() with { Redelivered = true }, ServedBatch.Calls("Plain", 3)));

        var again = ServedBatch.Replies(second);
        Assert.Equal(ServedBatch.Replies(first)[1].Text, again[1].Text);
        Assert.Equal(ServedBatch.Replies(first)[2].Text, again[2].Text);
        Assert.Equal(RpcReason.Redelivered, ServedBatch.FaultOf(again[3]).Reason);
        Assert.Equal(2, _steps.Runs);
    }

    [Fact]
    public async Task Calls_of_a_lost_connection_that_have_not_started_AreDropped()
    {
        using var steps = Create(maxConcurrency: 1, maxQueued: 100);
        var batch = ServedBatch.Of(ServedBatch.Calls("Plain", 3));
        steps.Host.Received(batch);
        await Poll.UntilAsync(() => steps.Runs == 1, "the first runs");
        batch.IsLive = false;
        batch.OnReply = static _ => ValueTask.FromResult(false);
        _gate.SetResult();
        await steps.Host.WhenIdleAsync().Soon();

        Assert.Equal((1, 1), (steps.Runs, batch.Releases));
        Assert.False(batch.Settled.IsCompleted);
    }

    [Fact]
    public async Task Draining_server_AnswersTheCallsOfABatchThatHaveNotStarted()
    {
        using var steps = Create(maxConcurrency: 1, maxQueued: 100);
        var batch = ServedBatch.Of(ServedBatch.Calls("Plain", 4));
        steps.Host.Received(batch);
        await Poll.UntilAsync(() => steps.Runs == 1, "the first runs");

        await steps.Host.StopTakingAsync();
        await Poll.UntilAsync(() => ServedBatch.Replies(batch).Count == 3, "the others are told while it runs");
        Assert.False(batch.Settled.IsCompleted);
        _gate.SetResult();
        await steps.Host.WhenIdleAsync().Soon();

        var replies = ServedBatch.Replies(batch);
        Assert.Equal("1", replies[1].Text);
        Assert.All([2L, 3L, 4L], number => Assert.Equal((RpcReason.Draining, false), (ServedBatch.FaultOf(replies[number]).Reason, ServedBatch.FaultOf(replies[number]).MayHaveRun)));
        Assert.Equal("acknowledged", await batch.Settled.Soon());
        Assert.Equal(1, steps.Runs);
    }

    [Fact]
    public async Task Batch_CountsAsOneCallThatWaits()
    {
        using var steps = Create(maxConcurrency: 1, maxQueued: 2);
        steps.Host.Received(ServedSteps.Request(ServedSteps.Properties("Plain")));
        await Poll.UntilAsync(() => steps.Runs == 1, "one runs");
        FakeDelivery[] batches = [.. Enumerable.Range(0, 3).Select(static i => ServedBatch.Of(ServedBatch.Calls("Plain", 20, from: (100 * i) + 1)))];
        Assert.All(batches, steps.Host.Received);

        // Two wait; of the third one no call is taken, though only its first one would count.
        await Poll.UntilAsync(() => ServedBatch.Replies(batches).Count == 20, "the third is turned away");
        Assert.All(ServedBatch.Replies(batches), static reply => Assert.Equal((true, RpcReason.Busy), (reply.Key > 200, ServedBatch.FaultOf(reply.Value).Reason)));
        _gate.SetResult();
        await steps.Host.WhenIdleAsync().Soon();
        Assert.Equal((41, 60), (steps.Runs, ServedBatch.Replies(batches).Count));
    }

    [Fact]
    public async Task Batch_whose_first_call_is_refused_CountsAllTheSame()
    {
        using var steps = Create(maxConcurrency: 1, maxQueued: 1);
        steps.Host.Received(ServedSteps.Request(ServedSteps.Properties("Plain")));
        await Poll.UntilAsync(() => steps.Runs == 1, "one runs");
        FakeDelivery[] batches =
            [.. Enumerable.Range(0, 2).Select(static i => ServedBatch.Of([new RawFrame((10 * i) + 9, "x/y", "{}"), .. ServedBatch.Calls("Plain", 2, from: (10 * i) + 1)]))];
        Assert.All(batches, steps.Host.Received);

        await Poll.UntilAsync(() => ServedBatch.Replies(batches).Count == 4, "the second is turned away");
        Assert.Equal([9, 11, 12, 19], ServedBatch.Replies(batches).Keys.Order());
        _gate.SetResult();
        await steps.Host.WhenIdleAsync().Soon();
        Assert.Equal((3, 6), (steps.Runs, ServedBatch.Replies(batches).Count));
    }

    private ServedSteps Create(int maxConcurrency, int maxQueued) => new(new RpcServiceOptions { MaxConcurrency = maxConcurrency, MaxQueued = maxQueued })
    {
        OnRun = async n =>
        {
            await _gate.Task;
            return n;
        },
    };

    // As RabbitMQ's deliveries do, it gives its memory to others.
    private static FakeDelivery Pooled(bool redelivered = false)
    {
        var batch = ServedBatch.Of(ServedBatch.Properties() with { Redelivered = redelivered }, ServedBatch.Calls("Plain", 2));
        batch.OnRelease = () => System.Runtime.InteropServices.MemoryMarshal.AsMemory(batch.Body).Span.Fill(0xee);
        return batch;
    }
}
