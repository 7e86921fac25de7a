using Rpc.TestKit.Conformance;
using Rpc.TestKit.Faults;

namespace Rpc.Integration.Tests.Faults;

/// <summary>A call runs longer than the broker waits for an acknowledgement.</summary>
public sealed class ConsumerTimeoutTests(FaultBroker broker) : FaultTest(broker)
{
    private const int Lost = 303;

    [Fact]
    public async Task Long_calls_live_through_it_and_those_acknowledged_before_they_run_never_meet_it()
    {
        await Broker.RunCtlAsync("eval", "application:set_env(rabbit, consumer_timeout, 1500), application:set_env(rabbit, channel_tick_interval, 500).");
        try
        {
            var usual = await StartAsync();
            var acknowledged = await StartAsync();
            var longCall = usual.Ordeal.Hold("long");
            var acknowledgedCall = acknowledged.Ordeal.HoldAcknowledged("acknowledged");

            await Eventually.IsTrueAsync(() => usual.ServerLog.Lines(Lost).Count >= 2, "the broker has closed the channel twice");
            Assert.All(usual.ServerLog.Lines(Lost), static line => Assert.Contains("timed out", line.Text, StringComparison.Ordinal));
            usual.Gate.Open();
            acknowledged.Gate.Open();

            Assert.Equal("long", await longCall.WaitAsync(TimeSpan.FromSeconds(10)));
            Assert.Equal("acknowledged", await acknowledgedCall.WaitAsync(TimeSpan.FromSeconds(10)));
            Assert.Equal((1, 1), (usual.Ledger.Count("long"), acknowledged.Ledger.Count("acknowledged")));
            Assert.Empty(acknowledged.ServerLog.Lines(Lost));
            Assert.Equal(1, usual.ServerLine.Accepted); // only the channel was lost
        }
        finally
        {
            await Broker.RunCtlAsync("eval", "application:set_env(rabbit, consumer_timeout, 1800000), application:set_env(rabbit, channel_tick_interval, 60000).");
        }
    }
}
