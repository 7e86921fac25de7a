using Rpc.Calls;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Calls;

/// <summary>A server that has gone silent is found, and a client that stood still itself takes nobody for silent.</summary>
public sealed class SilenceWatchTests : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);

    private readonly CallTable _table = new();
    private readonly FakeLink _link;

    public SilenceWatchTests() => _link = _table.Open();

    public void Dispose() => _table.Dispose();

    [Fact]
    public void Silent_server_IsFoundAfterSevenSecondsAndAMarker()
    {
        var call = StartAnnounced();

        Advance(TimeSpan.FromSeconds(6)); // two looks: three notices may be late
        Assert.Empty(_link.Told);
        Advance(s_interval);
        var marker = Assert.Single(_link.Told);
        Assert.Equal((null, "application/vnd.rpc-marker"), (marker.Queue, marker.ContentType));
        Assert.False(call.HasEnded); // overdue alone ends nothing
        Return(marker);

        var failure = Assert.IsType<RpcException>(call.Ended().Exception!.InnerException);
        Assert.Equal((RpcStatus.Unavailable, RpcReason.ServerLost, true), (failure.Status, failure.Reason, failure.MayHaveRun));
        Assert.Equal((0, 0), (_table.Calls.Count, _table.Calls.WatchedCount));
    }

    [Fact]
    public void Server_that_says_so_every_two_seconds_IsNeverJudged()
    {
        var call = StartAnnounced();
        for (var i = 0; i < 14; i++)
        {
            Advance(s_interval);
            Announce(call);
        }

        Assert.Empty(_link.Told);
        Assert.False(call.HasEnded);
    }

    [Fact]
    public void Client_that_stood_still_LosesNobody()
    {
        var call = StartAnnounced();
        Advance(TimeSpan.FromSeconds(10)); // all of that time its notices have been waiting in the client's own queue
        var markers = _link.Told.ToArray();
        Assert.NotEmpty(markers);

        Announce(call);
        Array.ForEach(markers, Return);

        Assert.False(call.HasEnded);
    }

    [Fact]
    public void Time_since_the_marker_IsNotTheServersSilence()
    {
        var call = StartAnnounced();
        var silent = StartAnnounced();
        Advance(TimeSpan.FromSeconds(4));
        Announce(call);
        Advance(TimeSpan.FromSeconds(4)); // now a marker goes out, when the first was heard of four seconds ago
        var marker = _link.Told.Single();

        _table.Time.Advance(TimeSpan.FromSeconds(1.9));
        Return(marker);

        Assert.True(silent.HasEnded);
        Assert.False(call.HasEnded);
    }

    [Fact]
    public void Markers_that_take_longer_than_the_interval_FindTheSilentServerAllTheSame()
    {
        var call = StartAnnounced();
        Advance(TimeSpan.FromSeconds(8));

        // Each takes three seconds for its way, since so much waits in the reply queue.
        for (var i = 0; i < 4 && !call.HasEnded; i++)
        {
            Assert.True(_link.Told.TryDequeue(out var marker));
            Advance(TimeSpan.FromSeconds(3));
            Return(marker);
        }

        Assert.True(call.HasEnded, "no marker was ever in time");
    }

    [Theory]
    [InlineData("x.marker.1")]
    [InlineData("")]
    [InlineData(null)]
    public void Marker_of_somebody_else_IsIgnored(string? correlationId)
    {
        var call = StartAnnounced();
        Advance(TimeSpan.FromSeconds(8));

        _table.Calls.Complete(new ReplyMessage(correlationId, "application/vnd.rpc-marker", default));

        Assert.False(call.HasEnded);
    }

    [Fact]
    public void Without_a_link_NothingIsJudged()
    {
        var call = StartAnnounced();
        _table.Transport.Current = null;
        Advance(TimeSpan.FromSeconds(12));

        Assert.Empty(_link.Told);
        Assert.False(call.HasEnded);
    }

    [Fact]
    public void Call_that_was_never_announced_IsNotWatched()
    {
        var call = _table.Start();
        Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(0, _table.Calls.WatchedCount);
        Assert.Empty(_link.Told);
        Assert.False(call.HasEnded);
    }

    [Fact]
    public void Ended_calls_AreWatchedNoLonger_AndTheTimerRestsAndStartsAgain()
    {
        var call = StartAnnounced();
        _table.Calls.Complete(_table.Reply(call));
        Assert.Equal(0, _table.Calls.WatchedCount);
        Advance(TimeSpan.FromSeconds(20));
        Assert.Empty(_link.Told);

        StartAnnounced();
        Advance(TimeSpan.FromSeconds(8));
        Assert.Single(_link.Told);
    }

    [Fact]
    public void Notice_against_the_end_LeavesNothingWatched() => Contest.Run(
        4_000,
        static _ => new Round(),
        static round =>
        {
            Assert.Equal((0, 0), (round.Table.Calls.Count, round.Table.Calls.WatchedCount));
            round.Table.Dispose();
        },
        static round => round.Table.Calls.Complete(Notice(round.Table, round.Call)),
        static round => round.Table.Calls.Complete(round.Table.Reply(round.Call)));

    private static ReplyMessage Notice(CallTable table, PendingCall call) =>
        new(table.IdOf(call), "application/vnd.rpc-working", default) { ReplyTo = "rpc.instance.1" };

    private PendingCall<int> StartAnnounced()
    {
        var call = _table.Add();
        Assert.True(call.TryMarkSent(_link));
        Announce(call);
        return call;
    }

    private void Announce(PendingCall call) => _table.Calls.Complete(Notice(_table, call));

    private void Return(ControlMessage marker) => _table.Calls.Complete(new ReplyMessage(marker.CorrelationId, marker.ContentType, default));

    private void Advance(TimeSpan by)
    {
        for (var step = TimeSpan.FromMilliseconds(100); by > TimeSpan.Zero; by -= step)
        {
            _table.Time.Advance(step);
        }
    }

    private sealed class Round
    {
        public Round() => Call = Table.Add();

        public CallTable Table { get; } = new();

        public PendingCall<int> Call { get; }
    }
}
