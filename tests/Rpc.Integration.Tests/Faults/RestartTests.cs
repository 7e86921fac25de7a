using Rpc.TestKit.Broker;
using Rpc.TestKit.Faults;

namespace Rpc.Integration.Tests.Faults;

/// <summary>The broker itself stops or is killed, and comes back, with thousands of calls under way.</summary>
public sealed class RestartTests(FaultBroker broker) : FaultTest(broker)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Broker_restarts_every_call_ends_and_nothing_is_left(bool crash)
    {
        var broker = Keep(await BrokerFixture.StartPrivateAsync());
        var rig = Keep(await Rig.StartAsync(broker, new RigSettings()));
        var running = Rig.Start(3000, "n", id => rig.Ordeal.Hold(id));
        var again = Rig.Start(50, "again", id => rig.Ordeal.HoldAgain(id));
        await rig.AwaitBacklogAsync(3050 - 64);

        await (crash ? broker.KillAsync() : broker.StopAsync());

        await AssertEndAsync(running, TimeSpan.FromSeconds(5), Outcome.ConnectionLost);
        Assert.All(again, static call => Assert.False(call.IsCompleted)); // they are made again, and wait for a connection
        Assert.False(rig.Client.Health.IsHealthy);
        var waiting = Rig.Start(500, "waiting", rig.Ordeal.Run);
        rig.Gate.Open();
        await broker.StartAgainAsync();

        await AssertEndAsync([.. waiting, .. again], TimeSpan.FromSeconds(40), Outcome.Success);
        Assert.All(rig.Ledger.Read().Where(static run => !run.Key.StartsWith("again", StringComparison.Ordinal)), static run => Assert.Equal(1, run.Value));
        await rig.AssertSoundAsync();
        Assert.True(rig.Client.Health.IsHealthy, rig.Client.Health.ToString());
    }
}
