using System.Text;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Calls;

/// <summary>Each way a call can end, one at a time.</summary>
public sealed class PendingCallsTests : IDisposable
{
    private readonly CallTable _table = new();

    public void Dispose() => _table.Dispose();

    [Fact]
    public async Task Reply_CompletesTheCallAndEmptiesTheTable()
    {
        var call = _table.Add();
        _table.Calls.Complete(_table.Reply(call, "42"));

        Assert.Equal(42, await call.Task.Soon());
        AssertEmpty();
    }

    [Fact]
    public async Task Return_FailsAsNoServerAndDidNotRun()
    {
        var call = _table.Add();
        _table.Calls.Return(_table.IdOf(call));

        await AssertFailsAsync(call.Task, RpcStatus.Unavailable, RpcReason.NoServer, mayHaveRun: false);
        AssertEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Confirmation_EndsACallThatWantsNoReply(bool taken)
    {
        var call = _table.Add();
        call.TryMarkSent(new FakeLink());
        _table.Calls.Confirm(_table.IdOf(call), taken);
        _table.Calls.Confirm(_table.IdOf(call), !taken); // it is over

        if (taken)
        {
            Assert.Equal(0, await call.Task.Soon());
        }
        else
        {
            await AssertFailsAsync(call.Task, RpcStatus.Unavailable, RpcReason.Rejected, mayHaveRun: false);
        }

        AssertEmpty();
    }

    [Theory]
    [InlineData(false, RpcReason.NotSent)]
    [InlineData(true, RpcReason.NoReply)]
    public async Task Deadline_FailsWithAnInnerTimeout(bool sent, RpcReason reason)
    {
        var call = _table.Add(TimeSpan.FromSeconds(2));
        if (sent)
        {
            Assert.True(call.TryMarkSent(new FakeLink()));
        }

        _table.Time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(call.Task.IsCompleted);
        _table.Time.Advance(TimeSpan.FromSeconds(0.2));

        var failure = await AssertFailsAsync(call.Task, RpcStatus.DeadlineExceeded, reason, mayHaveRun: sent);
        Assert.IsType<TimeoutException>(failure.InnerException);
        AssertEmpty();
    }

    [Fact]
    public async Task Cancellation_CancelsWithTheCallersOwnToken()
    {
        using var source = new CancellationTokenSource();
        var call = _table.Add(token: source.Token);
        call.ListenToTokens();
        await source.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Task.Soon());
        Assert.Equal(source.Token, cancelled.CancellationToken);
        AssertEmpty();
    }

    [Fact]
    public async Task Token_that_has_fired_already_CancelsAtOnce()
    {
        var call = _table.Add(token: new CancellationToken(canceled: true));
        call.ListenToTokens();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Task.Soon());
        AssertEmpty();
    }

    [Fact]
    public async Task Lost_link_EndsWhatWasSentThroughItAndNothingElse()
    {
        var (lost, other) = (new FakeLink(), new FakeLink());
        var (waiting, sentThere, sentHere) = (_table.Add(), _table.Add(), _table.Add());
        sentThere.TryMarkSent(other);
        sentHere.TryMarkSent(lost);
        lost.Close();
        _table.Calls.FailSentThrough(lost, new Loss("the cable was cut"));

        var failure = await AssertFailsAsync(sentHere.Task, RpcStatus.Unavailable, RpcReason.ConnectionLost, mayHaveRun: true);
        Assert.Contains("the cable was cut", failure.Message, StringComparison.Ordinal);
        Assert.False(waiting.Task.IsCompleted);
        Assert.False(sentThere.Task.IsCompleted);
        Assert.Equal((2, 2), (_table.Calls.Count, _table.Calls.DeadlineCount));
    }

    [Fact]
    public async Task Dispose_EndsEverythingAndWhateverComesLater()
    {
        var (waiting, sent) = (_table.Add(), _table.Add());
        sent.TryMarkSent(new FakeLink());
        _table.Calls.Dispose();
        var late = _table.Add();

        await AssertFailsAsync(waiting.Task, RpcStatus.Unavailable, RpcReason.Disposed, mayHaveRun: false);
        await AssertFailsAsync(sent.Task, RpcStatus.Unavailable, RpcReason.Disposed, mayHaveRun: true);
        await AssertFailsAsync(late.Task, RpcStatus.Unavailable, RpcReason.Disposed, mayHaveRun: false);
        AssertEmpty();
    }

    [Fact]
    public void Correlation_ids_CountUpUnderAPrefixThatNoOtherClientHas()
    {
        using var other = new CallTable();
        var (first, second) = (_table.IdOf(_table.Create()), _table.IdOf(_table.Create()));

        Assert.Matches("^[A-Za-z0-9_-]{22}\\.[0-9a-f]+$", first); // 128 bits of base64url, a dot, the number
        Assert.Equal(first[..23], second[..23]);
        Assert.NotEqual(first, second);
        Assert.NotEqual(first[..23], other.IdOf(other.Create())[..23]);
    }

    [Fact]
    public void Ids_that_name_no_call_AreCountedAndDropped()
    {
        var call = _table.Add();
        var id = _table.IdOf(call);
        string?[] strangers = [null, "", "1", id + "0", id[..22], id[1..], id.ToUpperInvariant() + "x", "-" + id, id[..23] + "-1", id[..23] + " 1", id[..23] + new string('f', 17)];
        foreach (var stranger in strangers)
        {
            _table.Calls.Complete(new ReplyMessage(stranger, null, Encoding.UTF8.GetBytes("1")));
            _table.Calls.Return(stranger);
        }

        Assert.False(call.Task.IsCompleted);
        Assert.Equal(2 * strangers.Length, _table.Calls.Unmatched);
        _table.Calls.Complete(_table.Reply(call));
        _table.Calls.Complete(_table.Reply(call)); // the same reply twice
        Assert.Equal((2 * strangers.Length) + 1, _table.Calls.Unmatched);
    }

    [Theory]
    [InlineData("", "application/json")]
    [InlineData("1 2", "application/json")]
    [InlineData("\"one\"", "application/json")]
    [InlineData("1", "text/plain")]
    [InlineData("{}", "application/vnd.rpc-fault+json")]
    [InlineData("no json", "application/vnd.rpc-fault+json")]
    public async Task Reply_that_cannot_be_read_IsABadReply(string body, string contentType)
    {
        var call = _table.Add();
        _table.Calls.Complete(new ReplyMessage(_table.IdOf(call), contentType, Encoding.UTF8.GetBytes(body)));

        await AssertFailsAsync(call.Task, RpcStatus.Internal, RpcReason.BadReply, mayHaveRun: true);
        AssertEmpty();
    }

    [Theory]
    [InlineData("application/vnd.rpc-fault+json")]
    [InlineData("Application/vnd.RPC-fault+json; charset=utf-8")]
    public async Task Fault_IsKnownByItsContentType(string contentType)
    {
        var call = _table.Add();
        _table.Calls.Complete(new ReplyMessage(_table.IdOf(call), contentType, "{\"status\":\"Unavailable\",\"reason\":\"Draining\",\"mayHaveRun\":false}"u8.ToArray()));
        await AssertFailsAsync(call.Task, RpcStatus.Unavailable, RpcReason.Draining, mayHaveRun: false);
    }

    [Fact]
    public async Task Reply_over_the_limit_or_compressed_IsABadReply()
    {
        var (large, packed) = (_table.Add(), _table.Add());
        _table.Calls.Complete(_table.Reply(large, new string(' ', 1024) + "1"));
        _table.Calls.Complete(_table.Reply(packed) with { ContentEncoding = "gzip" });
        var fault = _table.Add();
        _table.Calls.Complete(new ReplyMessage(_table.IdOf(fault), "application/vnd.rpc-fault+json", new byte[1024 + Rpc.Serialization.FaultFormat.MaxSize + 1]));
        Assert.Contains("MaxReplySize", (await AssertFailsAsync(fault.Task, RpcStatus.Internal, RpcReason.BadReply, mayHaveRun: true)).Message, StringComparison.Ordinal);

        Assert.Contains("1025", (await AssertFailsAsync(large.Task, RpcStatus.Internal, RpcReason.BadReply, mayHaveRun: true)).Message, StringComparison.Ordinal);
        Assert.Contains("gzip", (await AssertFailsAsync(packed.Task, RpcStatus.Internal, RpcReason.BadReply, mayHaveRun: true)).Message, StringComparison.Ordinal);
    }

    private static async Task<RpcException> AssertFailsAsync(Task task, RpcStatus status, RpcReason reason, bool mayHaveRun)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => task.Soon());
        Assert.Equal((status, reason, mayHaveRun), (failure.Status, failure.Reason, failure.MayHaveRun));
        Assert.Equal(("test.Service", "Method", "q"), (failure.Service, failure.Method, failure.Queue));
        return failure;
    }

    private void AssertEmpty() => Assert.Equal((0, 0), (_table.Calls.Count, _table.Calls.DeadlineCount));
}
