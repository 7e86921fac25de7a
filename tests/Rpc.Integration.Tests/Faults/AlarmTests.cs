using Rpc.TestKit.Conformance;
using Rpc.TestKit.Faults;

namespace Rpc.Integration.Tests.Faults;

/// <summary>The broker is short of memory and stops reading.</summary>
public sealed class AlarmTests(FaultBroker broker) : FaultTest(broker)
{
    [Fact]
    public async Task Callers_learn_it_by_their_deadlines_and_all_goes_on_by_itself()
    {
        var rig = await StartAsync();
        var hurried = rig.Ordeal.With(new RpcCallOptions { Timeout = TimeSpan.FromSeconds(3) });
        Task<string>[] calls, patient;
        await Broker.RunCtlAsync("set_vm_memory_high_watermark", "0.000001");
        try
        {
            // The broker says so when the first request comes.
            var first = hurried.Run("first");
            await Eventually.IsTrueAsync(() => rig.Client.Health.Problems.Any(static problem => problem.Contains("memory", StringComparison.Ordinal)), "health says so");
            calls = Rig.Start(500, "n", hurried.Run);
            patient = Rig.Start(500, "patient", rig.Ordeal.Run);

            await AssertEndAsync([first], TimeSpan.FromSeconds(4), new Outcome(RpcStatus.DeadlineExceeded, RpcReason.Blocked, true));
            await AssertEndAsync(calls, TimeSpan.FromSeconds(4), new Outcome(RpcStatus.DeadlineExceeded, RpcReason.Blocked, false));
            Assert.All(patient, static call => Assert.False(call.IsCompleted));
        }
        finally
        {
            await Broker.RunCtlAsync("set_vm_memory_high_watermark", "0.6");
        }

        await AssertEndAsync(patient, TimeSpan.FromSeconds(20), Outcome.Success);
        await rig.AssertSoundAsync();
        Assert.True(rig.Client.Health.IsHealthy, rig.Client.Health.ToString());
        Assert.DoesNotContain(rig.Ledger.Read().Keys, static id => id.StartsWith('n'));
        Assert.All(rig.Ledger.Read(), static run => Assert.Equal(1, run.Value));
    }

    [Fact]
    public async Task Connections_that_the_broker_does_not_read_are_kept_and_closing_does_not_wait_for_it()
    {
        var heartbeat = TimeSpan.FromSeconds(1);
        var rig = await StartAsync(new RigSettings
        {
            Client = new RpcClientOptions { Heartbeat = heartbeat },
            Server = new RpcServerOptions { Heartbeat = heartbeat, DrainTimeout = TimeSpan.FromSeconds(1) },
        });
        var held = rig.Ordeal.Hold("held");
        await rig.Gate.ArrivalsAsync(1);
        await Broker.RunCtlAsync("set_vm_memory_high_watermark", "0.000001");
        try
        {
            rig.Gate.Open(); // the server's reply is what the broker stops reading at
            var blocked = rig.Ordeal.With(new RpcCallOptions { Timeout = heartbeat * 5 }).Run("blocked");

            await AssertEndAsync([blocked], heartbeat * 6, new Outcome(RpcStatus.DeadlineExceeded, RpcReason.Blocked, true));
            Assert.Equal((1, 1), (rig.ClientLine.Accepted, rig.ServerLine.Accepted));
            await rig.Servers[0].DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(12)); // asks to be sent no more: 5 s, drains: 1 s, ends handlers: 5 s
        }
        finally
        {
            await Broker.RunCtlAsync("set_vm_memory_high_watermark", "0.6");
        }

        await rig.ServeAsync();
        await AssertEndAsync([held], TimeSpan.FromSeconds(10), Outcome.Success, Outcome.Redelivered);
    }

    [Fact]
    public async Task Line_goes_dead_while_the_broker_does_not_read()
    {
        var rig = await StartAsync(new RigSettings
        {
            Client = new RpcClientOptions { Timeout = TimeSpan.FromMinutes(1), Heartbeat = TimeSpan.FromSeconds(2), ConnectTimeout = TimeSpan.FromSeconds(2) },
        });
        await Broker.RunCtlAsync("set_vm_memory_high_watermark", "0.000001");
        try
        {
            var sent = rig.Ordeal.Run("sent");
            await Eventually.IsTrueAsync(() => !rig.Client.Health.IsHealthy, "the broker has said so");

            rig.ClientLine.Stall();

            // A broker that does not read still writes its heartbeats, so this silence is the line's.
            await AssertEndAsync([sent], TimeSpan.FromSeconds(9), Outcome.ConnectionLost);
        }
        finally
        {
            rig.ClientLine.Resume();
            await Broker.RunCtlAsync("set_vm_memory_high_watermark", "0.6");
        }

        await rig.AssertSoundAsync();
    }
}
