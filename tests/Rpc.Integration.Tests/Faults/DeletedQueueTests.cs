using Rpc.TestKit.Conformance;
using Rpc.TestKit.Faults;
using Rpc.TestKit.Raw;

namespace Rpc.Integration.Tests.Faults;

/// <summary>Somebody deletes a queue that is in use.</summary>
public sealed class DeletedQueueTests(FaultBroker broker) : FaultTest(broker)
{
    [Fact]
    public async Task Reply_queue_is_deleted_calls_under_way_end_at_once_and_the_next_ones_have_a_new_one()
    {
        var rig = await StartAsync();
        var calls = Rig.Start(200, "n", id => rig.Ordeal.Hold(id));
        await rig.AwaitBacklogAsync(200 - 64);

        await DeleteAsync("rpc.reply.");

        await AssertEndAsync(calls, TimeSpan.FromSeconds(5), Outcome.ConnectionLost);
        rig.Gate.Open();
        await rig.AssertSoundAsync();
    }

    [Fact]
    public async Task Request_queue_is_deleted_running_calls_are_answered_and_waiting_ones_end_by_their_deadlines()
    {
        var rig = await StartAsync();
        var running = Rig.Start(64, "running", id => rig.Ordeal.Hold(id));
        await rig.Gate.ArrivalsAsync(64);
        var hurried = rig.Ordeal.With(new RpcCallOptions { Timeout = TimeSpan.FromSeconds(3) });
        var waiting = Rig.Start(100, "waiting", hurried.Run);
        await rig.AwaitBacklogAsync(100);
        await using var peer = await RawPeer.ConnectAsync(Broker.Uri);

        await peer.DeleteAsync(rig.Queue);
        rig.Gate.Open();

        await AssertEndAsync(running, TimeSpan.FromSeconds(5), Outcome.Success);
        await AssertEndAsync(waiting, TimeSpan.FromSeconds(5), Outcome.NoReply); // the broker dropped them, and told nobody
        await peer.DisposeAsync();
        await rig.AssertSoundAsync();
        Assert.All(rig.Ledger.Read(), static run => Assert.Equal(1, run.Value));
    }

    [Fact]
    public async Task Instance_queue_is_deleted_and_calls_can_be_cancelled_again_soon()
    {
        var rig = await StartAsync();
        await DeleteAsync("rpc.instance.");
        await rig.AssertSoundAsync();

        using var cancel = new CancellationTokenSource();
        var call = rig.Ordeal.Hold("cancelled", cancel.Token);
        await Eventually.IsTrueAsync(() => rig.Client.Calls.WatchedCount == 1, "the call was announced");
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Eventually.IsTrueAsync(() => rig.Service.Holding == 0, "the handler has ended");
    }

    private async Task DeleteAsync(string prefix)
    {
        var names = (await Broker.RunCtlAsync("list_queues", "--quiet", "--no-table-headers", "name")).Split('\n', StringSplitOptions.TrimEntries);
        await Broker.RunCtlAsync("delete_queue", names.Single(name => name.StartsWith(prefix, StringComparison.Ordinal)));
    }
}
