using Rpc.Calls;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Calls;

/// <summary>Whose server is told that nobody waits any longer, and when.</summary>
public sealed class CancelAtServerTests : IDisposable
{
    private readonly CallTable _table = new();
    private readonly CancellationTokenSource _source = new();
    private readonly FakeLink _link;

    public CancelAtServerTests() => _link = _table.Open();

    public void Dispose()
    {
        _source.Dispose();
        _table.Dispose();
    }

    [Fact]
    public void Announced_call_IsCancelledWhereItRuns()
    {
        var call = Send();
        _table.Calls.Complete(Notice(call));
        _source.Cancel();

        Assert.Equal(new ControlMessage("rpc.instance.1", "application/vnd.rpc-cancel", _table.IdOf(call)), Assert.Single(_link.Told));
    }

    [Fact]
    public void Call_cancelled_before_its_notice_IsCancelledByTheNotice()
    {
        var call = Send();
        _source.Cancel();
        Assert.Empty(_link.Told);

        _table.Calls.Complete(Notice(call));

        Assert.Equal(new ControlMessage("rpc.instance.1", "application/vnd.rpc-cancel", _table.IdOf(call)), Assert.Single(_link.Told));
        Assert.Equal(0, _table.Calls.Unmatched); // a notice is no reply
    }

    [Fact]
    public void Call_that_waits_to_be_sent_IsNobodysBusiness()
    {
        _link.Close();
        _table.Transport.Current = null;
        _table.Start(token: _source.Token);
        _source.Cancel();

        Assert.Empty(_link.Told);
        Assert.Equal((0, 0), (_table.Calls.Count, _table.Calls.DeadlineCount));
    }

    [Fact]
    public void Answered_call_IsNotCancelled()
    {
        var call = Send();
        _table.Calls.Complete(Notice(call));
        _table.Calls.Complete(_table.Reply(call));
        _source.Cancel();

        Assert.Empty(_link.Told);
        Assert.True(call.Ended().IsCompletedSuccessfully);
    }

    [Fact]
    public void Server_without_an_instance_queue_IsNotTold()
    {
        var call = Send();
        _table.Calls.Complete(Notice(call) with { ReplyTo = null });
        _source.Cancel();
        _table.Calls.Complete(Notice(call) with { ReplyTo = null });

        Assert.Empty(_link.Told);
        Assert.True(call.Ended().IsCanceled);
    }

    // What is published in this client's name goes to instance queues only: any other name could be a queue of somebody's, or cost the connection.
    [Theory]
    [InlineData("amq.rabbitmq.reply-to.g2dkAA==.x")]
    [InlineData("orders")]
    [InlineData("")]
    public void Notice_that_names_another_queue_IsASignOfLifeAndNoAddress(string queue)
    {
        var call = Send();
        _table.Calls.Complete(Notice(call) with { ReplyTo = queue });
        Assert.Equal(1, _table.Calls.WatchedCount);
        _source.Cancel();
        _table.Calls.Complete(Notice(call) with { ReplyTo = queue });

        Assert.Empty(_link.Told);
    }

    [Fact]
    public void Cancellation_against_the_first_notice_AlwaysReachesTheServer() => Contest.Run(
        4_000,
        static _ => new Round(),
        static round =>
        {
            Assert.NotEmpty(round.Link.Told); // twice is harmless
            round.Dispose();
        },
        static round => round.Source.Cancel(),
        static round => round.Table.Calls.Complete(
            new ReplyMessage(round.Table.IdOf(round.Call), "application/vnd.rpc-working", default) { ReplyTo = "rpc.instance.1" }));

    [Theory]
    [InlineData("somebody else's.1")]
    [InlineData("")]
    [InlineData(null)]
    public void Notice_of_a_call_that_was_never_ours_IsIgnored(string? correlationId)
    {
        _table.Calls.Complete(new ReplyMessage(correlationId, "application/vnd.rpc-working", default) { ReplyTo = "rpc.instance.1" });

        Assert.Empty(_link.Told);
    }

    private PendingCall<int> Send()
    {
        var call = _table.Add(token: _source.Token);
        call.ListenToTokens();
        Assert.True(call.TryMarkSent(_link));
        return call;
    }

    private ReplyMessage Notice(PendingCall call) => new(_table.IdOf(call), "application/vnd.rpc-working", default) { ReplyTo = "rpc.instance.1" };

    private sealed class Round : IDisposable
    {
        public Round()
        {
            Link = Table.Open();
            Call = Table.Add(token: Source.Token);
            Call.ListenToTokens();
            Call.TryMarkSent(Link);
        }

        public CallTable Table { get; } = new();

        public CancellationTokenSource Source { get; } = new();

        public FakeLink Link { get; }

        public PendingCall<int> Call { get; }

        public void Dispose()
        {
            Source.Dispose();
            Table.Dispose();
        }
    }
}
