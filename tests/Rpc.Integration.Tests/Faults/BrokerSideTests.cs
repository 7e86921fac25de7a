using Rpc.TestKit.Broker;
using Rpc.TestKit.Faults;

namespace Rpc.Integration.Tests.Faults;

/// <summary>The broker closes a channel or a connection, for a reason of its own or because of what was asked of it.</summary>
public sealed class BrokerSideTests(FaultBroker broker) : FaultTest(broker)
{
    private const int MaxMessage = 100_000;

    [Fact]
    public async Task Broker_closes_the_clients_channel_for_one_request_all_that_share_it_learn_its_words()
    {
        await Broker.RunCtlAsync("eval", $"application:set_env(rabbit, max_message_size, {MaxMessage}).");
        try
        {
            var rig = await StartAsync();
            var calls = Rig.Start(100, "n", id => rig.Ordeal.Hold(id));
            await rig.AwaitBacklogAsync(100 - 64);

            var refused = await Assert.ThrowsAsync<RpcException>(() => rig.Ordeal.Measure(new string('x', 2 * MaxMessage)));

            Assert.Equal((RpcStatus.Unavailable, RpcReason.Refused, true), (refused.Status, refused.Reason, refused.MayHaveRun));
            Assert.Contains("PRECONDITION_FAILED", refused.Message, StringComparison.Ordinal);
            await AssertEndAsync(calls, TimeSpan.FromSeconds(5), new Outcome(RpcStatus.Unavailable, RpcReason.Refused, true));
            Assert.Equal(1, rig.ClientLine.Accepted); // its connection was good, and stayed
            rig.Gate.Open();
            await rig.AssertSoundAsync();
        }
        finally
        {
            await Broker.RunCtlAsync("eval", "application:set_env(rabbit, max_message_size, 134217728).");
        }
    }

    [Fact]
    public async Task Broker_closes_all_connections()
    {
        var rig = await StartAsync();
        var lost = Rig.Start(100, "lost", id => rig.Ordeal.Hold(id));
        await rig.AwaitBacklogAsync(100 - 64);

        await Broker.RunCtlAsync("close_all_connections", "fault test");

        await AssertEndAsync(lost, TimeSpan.FromSeconds(5), Outcome.ConnectionLost);
        rig.Gate.Open();
        await rig.AssertSoundAsync();
        Assert.All(rig.Ledger.Read(), static run => Assert.Equal(1, run.Value));
    }

    [Fact]
    public async Task Broker_kills_the_channels_themselves()
    {
        var rig = await StartAsync();
        var lost = Rig.Start(100, "lost", id => rig.Ordeal.Hold(id));
        await rig.AwaitBacklogAsync(100 - 64);

        await Broker.RunCtlAsync("eval", "[exit(Channel, kill) || Channel <- rabbit_channel:list()].");

        await AssertEndAsync(lost, TimeSpan.FromSeconds(5), Outcome.ConnectionLost);
        rig.Gate.Open();
        await rig.AssertSoundAsync();
        Assert.All(rig.Ledger.Read(), static run => Assert.Equal(1, run.Value));
    }

    [Fact]
    public async Task One_way_calls_through_lost_connections_are_confirmed_or_in_doubt_and_run_once()
    {
        var rig = await StartAsync();
        await rig.Ordeal.Note("first"); // opens the channel for them
        var notes = new Dictionary<string, Task>();
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 300; i++)
            {
                notes.Add($"{round}-{i}", rig.Ordeal.Note($"{round}-{i}"));
            }

            rig.ClientLine.Cut();
            await rig.ServesAgainAsync();
        }

        await AssertEndAsync(notes.Values, TimeSpan.FromSeconds(10), Outcome.Success, Outcome.ConnectionLost);
        var confirmed = notes.Where(static note => note.Value.IsCompletedSuccessfully).Select(static note => note.Key).ToArray();
        await TestKit.Conformance.Eventually.IsTrueAsync(() => confirmed.All(rig.Ledger.Read().ContainsKey), "whatever was confirmed was run");
        Assert.All(rig.Ledger.Read(), static run => Assert.Equal(1, run.Value));
        Assert.NotEmpty(confirmed);
        await rig.Ordeal.Note("last");
        await rig.AssertSoundAsync(confirms: true);
    }

    [Fact]
    public async Task One_way_call_is_stuck_in_the_library_when_the_connection_is_lost_and_the_client_connects_again_soon()
    {
        // In 7.1.2 a publish on a channel with confirms that waits for a place holds a lock that closing the channel waits for.
        var rig = await StartAsync();
        await rig.Ordeal.Note("first");
        rig.ClientLine.Stall(ProxyDirection.ToTarget);
        var text = new string('x', 40_000);
        var notes = Enumerable.Range(0, 600).Select(i => rig.Ordeal.Note($"{i}{text}")).ToArray(); // 24 MB, past all buffers on the way
        var hurried = rig.Ordeal.With(new RpcCallOptions { Timeout = TimeSpan.FromMilliseconds(500) });
        await AssertEndAsync([hurried.Echo(1)], TimeSpan.FromSeconds(3), Outcome.NotSent, Outcome.NoReply); // the line is full by then

        rig.ClientLine.Cut();
        rig.ClientLine.Resume();

        await rig.ServesAgainAsync().WaitAsync(TimeSpan.FromSeconds(5));
        await AssertEndAsync(notes, TimeSpan.FromSeconds(30), Outcome.Success, Outcome.ConnectionLost);
        await rig.AssertSoundAsync(confirms: true);
    }
}
