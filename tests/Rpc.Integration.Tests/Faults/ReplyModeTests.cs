using Rpc.TestKit.Conformance;
using Rpc.TestKit.Faults;
using Rpc.TestKit.Raw;

namespace Rpc.Integration.Tests.Faults;

/// <summary>What the modes of reply make of a lost connection.</summary>
public sealed class ReplyModeTests(FaultBroker broker) : FaultTest(broker)
{
    [Fact]
    public async Task Durable_calls_under_way_live_through_a_short_cut_and_get_their_replies()
    {
        var rig = await StartAsync(Settings(RpcReplyMode.Durable));
        var calls = Rig.Start(500, "n", id => rig.Ordeal.Hold(id));
        await rig.AwaitBacklogAsync(500 - 64);

        rig.ClientLine.Cut(refuseNew: true);
        rig.Gate.Open(); // the replies come while the client is away
        await Eventually.IsTrueAsync(() => rig.Ledger.Read().Count == 500, "all have run");
        Assert.All(calls, static call => Assert.False(call.IsCompleted));
        rig.ClientLine.Resume();

        await AssertEndAsync(calls, TimeSpan.FromSeconds(20), Outcome.Success);
        Assert.All(rig.Ledger.Read(), static run => Assert.Equal(1, run.Value));
        await rig.AssertSoundAsync();
        await rig.Client.DisposeAsync();
        await Rig.AssertFiguresAsync(Broker, new BrokerFigures(1, 2, 0, 1)); // its queue goes with it
    }

    [Fact]
    public async Task Durable_long_calls_are_not_taken_for_lost_after_a_cut()
    {
        var rig = await StartAsync(Settings(RpcReplyMode.Durable));
        var call = rig.Ordeal.Hold("long");
        await Eventually.IsTrueAsync(() => rig.Client.Calls.WatchedCount == 1, "it was announced");

        rig.ClientLine.Cut(refuseNew: true);
        await Assert.ThrowsAsync<TimeoutException>(() => call.WaitAsync(TimeSpan.FromSeconds(9))); // longer than the silence that means a lost server
        rig.ClientLine.Resume();
        await rig.ServesAgainAsync();
        await Assert.ThrowsAsync<TimeoutException>(() => call.WaitAsync(TimeSpan.FromSeconds(3)));
        rig.Gate.Open();

        Assert.Equal("long", await call.WaitAsync(TimeSpan.FromSeconds(5)));
        await rig.AssertSoundAsync();
    }

    [Fact]
    public async Task Durable_queue_is_gone_when_the_client_is_back()
    {
        var rig = await StartAsync(Settings(RpcReplyMode.Durable));
        var calls = Rig.Start(100, "n", id => rig.Ordeal.Hold(id));
        await rig.AwaitBacklogAsync(100 - 64);

        rig.ClientLine.Cut(refuseNew: true);
        var names = await Broker.RunCtlAsync("list_queues", "--quiet", "--no-table-headers", "name");
        await using (var peer = await RawPeer.ConnectAsync(Broker.Uri))
        {
            await peer.DeleteAsync(names.Split('\n', StringSplitOptions.TrimEntries).Single(static name => name.StartsWith("rpc.reply.", StringComparison.Ordinal)));
        }

        rig.ClientLine.Resume();
        await AssertEndAsync(calls, TimeSpan.FromSeconds(20), Outcome.ConnectionLost);
        rig.Gate.Open();
        await rig.AssertSoundAsync();
    }

    [Fact]
    public async Task Direct_calls_under_way_end_at_once_and_the_next_ones_are_answered()
    {
        var rig = await StartAsync(Settings(RpcReplyMode.Direct));
        var calls = Rig.Start(500, "n", id => rig.Ordeal.Hold(id));
        await rig.AwaitBacklogAsync(500 - 64);

        rig.ClientLine.Cut();

        await AssertEndAsync(calls, TimeSpan.FromSeconds(5), Outcome.ConnectionLost);
        rig.Gate.Open();
        Assert.Equal("next", await rig.Ordeal.Run("next"));
        await rig.AssertSoundAsync(replyQueues: 0);
    }

    private static RigSettings Settings(RpcReplyMode mode) => new() { Client = new RpcClientOptions { Timeout = TimeSpan.FromMinutes(1), ReplyMode = mode } };
}
