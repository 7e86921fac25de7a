using System.Text;
using Rpc.Batching;
using Rpc.Calls;
using Rpc.Serialization;
using Rpc.TestKit.Conformance;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Calls;

/// <summary>What comes back for calls that were sent together.</summary>
public sealed class BatchRepliesTests : IDisposable
{
    private readonly BatchTable _batches = new();

    private PendingCalls Calls => _batches.Table.Calls;

    public void Dispose() => _batches.Dispose();

    [Fact]
    public async Task Replies_in_one_message_EndEachItsCall()
    {
        var calls = await SendTogetherAsync(4);
        _batches.Reply(new RawBatch(
            Calls.Ids.Nonce.ToArray(),
            new RawFrame(calls[2].Number, "2"), new RawFrame(calls[0].Number, "0"), Fault(calls[3], RpcStatus.NotFound), new RawFrame(calls[1].Number, "odd")).ToBytes());

        Assert.Equal((0, 2), (await calls[0].Task.Soon(), await calls[2].Task.Soon()));
        await AssertFailsAsync(calls[3], RpcStatus.NotFound, RpcReason.None, mayHaveRun: true);
        await AssertFailsAsync(calls[1], RpcStatus.Internal, RpcReason.BadReply, mayHaveRun: true);
        Assert.Equal((0, 0L), (Calls.Count, Calls.Unmatched));
    }

    [Fact]
    public async Task Plain_replies_to_calls_of_a_batch_EndThem()
    {
        var calls = await SendTogetherAsync(2);
        Calls.Complete(_batches.Table.Reply(calls[1], "7"));
        Assert.Equal(7, await calls[1].Task.Soon());
        Assert.False(calls[0].Task.IsCompleted);
    }

    [Fact]
    public async Task Replies_that_are_anothers_twice_or_unreadable_EndNothingAndAreCounted()
    {
        var calls = await SendTogetherAsync(2);
        _batches.Reply(new RawBatch(RawBatch.NewNonce(), new RawFrame(calls[0].Number, "1")).ToBytes()); // another client's
        _batches.Reply(new RawBatch(Calls.Ids.Nonce.ToArray(), new RawFrame(calls[0].Number, "1"), new RawFrame(calls[1].Number, "1")).ToBytes()[..^1]); // cut short
        _batches.Reply(new RawBatch(Calls.Ids.Nonce.ToArray(), new RawFrame(99_999, "1"), new RawFrame(calls[0].Number, "Quick", "{}")).ToBytes()); // nobody's; no reply
        Assert.Equal(4, Calls.Unmatched);
        Assert.All(calls, static call => Assert.False(call.Task.IsCompleted));

        _batches.Answer([calls[0], calls[0], calls[1]]);
        var results = await Task.WhenAll(calls.Select(static call => call.Task)).Soon();
        Assert.Equal([1, 1], results);
        Assert.Equal(5, Calls.Unmatched);
    }

    [Fact]
    public async Task Batch_that_comes_back_EndsEachOfItsCallsAsNoServer()
    {
        var calls = await SendTogetherAsync(3);
        var (other, waiting) = (_batches.Start(1), default(List<PendingCall<int>>));
        await _batches.SendAsync();
        waiting = _batches.Start(1);
        Calls.Return(_batches.Sent[0].CorrelationId);

        await Assert.AllAsync(calls, static call => AssertFailsAsync(call, RpcStatus.Unavailable, RpcReason.NoServer, mayHaveRun: false));
        Assert.False(other[0].Task.IsCompleted || waiting[0].Task.IsCompleted);
    }

    [Fact]
    public async Task Batch_that_a_server_cannot_read_IsSentPlainOnceAndNoOtherForAMinute()
    {
        var calls = await SendTogetherAsync(3);
        var fault = Whole(_batches.Sent[0], new Fault(RpcStatus.Unimplemented, RpcReason.Batch, MayHaveRun: false, "what is this"));
        Calls.Complete(fault);
        Calls.Complete(fault); // and once more, which says nothing new
        await _batches.SendAsync();

        Assert.Equal([3, 0, 0, 0], _batches.Shape);
        Assert.Equal(calls.Select(_batches.Table.IdOf).Order(), _batches.Sent.Skip(1).Select(static message => message.CorrelationId.Text).Order());
        Assert.All(_batches.Sent.Skip(1), static message => Assert.Equal("0", Encoding.UTF8.GetString(message.Body.Span)));
        foreach (var call in calls)
        {
            Calls.Complete(_batches.Table.Reply(call, "7") with { AppId = "rpc/1" });
        }

        var results = await Task.WhenAll(calls.Select(static call => call.Task)).Soon();
        Assert.Equal([7, 7, 7], results);

        _batches.Table.Time.Advance(TimeSpan.FromSeconds(59));
        _batches.Start(2);
        await _batches.SendAsync();
        _batches.Table.Time.Advance(TimeSpan.FromSeconds(1));
        _batches.Policy.CostOf(BatchTable.Quick).Took(1);
        _batches.Start(2);
        await _batches.SendAsync();
        Assert.Equal([0, 0, 2], _batches.Shape.Skip(4));
    }

    [Fact]
    public async Task Call_that_has_ended_meanwhile_IsNotSentPlain()
    {
        using var source = new CancellationTokenSource();
        await _batches.GrowAsync();
        var cancelled = _batches.Start(_batches.Table.Create(method: BatchTable.Quick, keepsArguments: true, token: source.Token));
        var other = _batches.Start(1)[0];
        await _batches.SendAsync();
        await source.CancelAsync();
        Calls.Complete(Whole(_batches.Sent[0], new Fault(RpcStatus.Unimplemented, RpcReason.Batch, MayHaveRun: false, "what is this")));
        await _batches.SendAsync();

        Assert.Equal([_batches.Table.IdOf(other)], _batches.Sent.Skip(1).Select(static message => message.CorrelationId));
        Assert.True(cancelled.Ended().IsCanceled);
        Assert.True(cancelled.Payload.Written.IsEmpty);
    }

    [Theory]
    [InlineData(RpcStatus.Unimplemented, RpcReason.Batch, true)] // it was delivered before
    [InlineData(RpcStatus.InvalidArgument, RpcReason.BadRequest, false)]
    [InlineData(RpcStatus.Aborted, RpcReason.Redelivered, true)]
    public async Task Other_fault_for_a_whole_batch_IsToldToEachCall(RpcStatus status, RpcReason reason, bool mayHaveRun)
    {
        var calls = await SendTogetherAsync(3);
        Calls.Complete(Whole(_batches.Sent[0], new Fault(status, reason, mayHaveRun, "no")));

        await Assert.AllAsync(calls, call => AssertFailsAsync(call, status, reason, mayHaveRun));
        await _batches.SendAsync();
        Assert.Equal([3], _batches.Shape);
    }

    [Theory]
    [InlineData("application/json", "1")]
    [InlineData(null, "1")]
    [InlineData("application/vnd.rpc-fault+json", "{}")]
    [InlineData("application/vnd.rpc-fault+json", "{\"status\":\"\\ud800\"}")]
    public async Task Anything_else_for_a_whole_batch_IsNobodysResult(string? contentType, string body)
    {
        var calls = await SendTogetherAsync(2);
        Calls.Complete(new ReplyMessage(_batches.Sent[0].CorrelationId, contentType, Encoding.UTF8.GetBytes(body)));

        await Assert.AllAsync(calls, static call => AssertFailsAsync(call, RpcStatus.Internal, RpcReason.BadReply, mayHaveRun: true));
        Assert.False(_batches.Policy.IsOn);
    }

    [Fact]
    public async Task Reply_of_another_program_PausesBatching()
    {
        var calls = await SendTogetherAsync(2);
        Calls.Complete(_batches.Table.Reply(calls[0])); // it names no app_id
        Assert.False(_batches.Policy.IsOn);
        _batches.Answer(calls[1..]); // of a server of ours, at the same queue
        _batches.Start(2);
        await _batches.SendAsync();
        Assert.Equal([2, 0, 0], _batches.Shape);
    }

    [Fact]
    public async Task Loss_of_the_link_EndsEachCallOfABatchOnce()
    {
        var calls = await SendTogetherAsync(3);
        _batches.Answer(calls[..1]);
        var link = (FakeLink)calls[0].Link!;
        link.Close();
        Calls.FailSentThrough(link, new Loss("lost"));

        Assert.Equal(1, await calls[0].Task.Soon());
        await Assert.AllAsync(calls[1..], static call => AssertFailsAsync(call, RpcStatus.Unavailable, RpcReason.ConnectionLost, mayHaveRun: true));
    }

    [Fact]
    public async Task Deadline_and_cancellation_EndTheirOwnCallAlone()
    {
        await _batches.GrowAsync();
        using var source = new CancellationTokenSource();
        var cancelled = _batches.Start(_batches.Table.Create(method: BatchTable.Quick, token: source.Token));
        var expired = _batches.Start(_batches.Table.Create(TimeSpan.FromSeconds(1), method: BatchTable.Quick));
        var other = _batches.Start(1)[0];
        await _batches.SendAsync();
        await source.CancelAsync();
        _batches.Table.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.True(cancelled.Ended().IsCanceled);
        await AssertFailsAsync(expired, RpcStatus.DeadlineExceeded, RpcReason.NoReply, mayHaveRun: true);
        Assert.False(other.Task.IsCompleted);
        _batches.Answer([cancelled, expired, other]);
        Assert.Equal((1, 2L), (await other.Task.Soon(), Calls.Unmatched));
    }

    private async Task<List<PendingCall<int>>> SendTogetherAsync(int count)
    {
        await _batches.GrowAsync();
        var calls = _batches.Start(count);
        await _batches.SendAsync();
        Assert.Equal([count], _batches.Shape);
        return calls;
    }

    private static RawFrame Fault(PendingCall call, RpcStatus status) => new(call.Number, Written(new Fault(status, RpcReason.None, MayHaveRun: true, "no"))) { Flags = RawFrame.IsFault };

    private static ReplyMessage Whole(RequestMessage message, Fault fault) => new(message.CorrelationId, Rpc.Transport.Wire.FaultContentType, Encoding.UTF8.GetBytes(Written(fault))) { AppId = "rpc/1" };

    private static string Written(Fault fault)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        FaultFormat.Write(output, fault);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static async Task AssertFailsAsync(PendingCall<int> call, RpcStatus status, RpcReason reason, bool mayHaveRun)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => call.Task.Soon());
        Assert.Equal((status, reason, mayHaveRun), (failure.Status, failure.Reason, failure.MayHaveRun));
    }
}
