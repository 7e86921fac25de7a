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
        Assert.True(call.Task.IsCompletedSuccessfully);
    }

    [Fact]
    public void Server_without_an_instance_queue_IsNotTold()
    {
        var call = Send();
        _table.Calls.Complete(Notice(call) with { ReplyTo = null });
        _source.Cancel();
        _table.Calls.Complete(Notice(call) with { ReplyTo = null });

        Assert.Empty(_link.Told);
        Assert.True(call.Task.IsCanceled);
    }

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
}
