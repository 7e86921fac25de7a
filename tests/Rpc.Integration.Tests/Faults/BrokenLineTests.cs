using System.Diagnostics;
using Rpc.TestKit.Conformance;
using Rpc.TestKit.Faults;

namespace Rpc.Integration.Tests.Faults;

/// <summary>A line that carries nothing, or one way only, or little, and nobody is told.</summary>
public sealed class BrokenLineTests(FaultBroker broker) : FaultTest(broker)
{
    // Given up after two and a half of these.
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_noticed = TimeSpan.FromSeconds(9);

    private static RigSettings Settings => new()
    {
        Client = new RpcClientOptions { Timeout = TimeSpan.FromMinutes(1), Heartbeat = s_heartbeat, ConnectTimeout = TimeSpan.FromSeconds(2) },
        Server = new RpcServerOptions { DrainTimeout = TimeSpan.FromSeconds(2), Heartbeat = s_heartbeat, ConnectTimeout = TimeSpan.FromSeconds(2) },
    };

    [Theory]
    [InlineData(ProxyDirection.Both)]
    [InlineData(ProxyDirection.ToCaller)]
    [InlineData(ProxyDirection.ToTarget)]
    public async Task Clients_line_goes_dead_calls_end_by_their_deadlines_or_when_it_is_noticed(ProxyDirection direction)
    {
        var rig = await StartAsync(Settings);
        var patient = Rig.Start(100, "patient", id => rig.Ordeal.Hold(id));
        await rig.AwaitBacklogAsync(100 - 64);
        var hurried = rig.Ordeal.With(new RpcCallOptions { Timeout = TimeSpan.FromSeconds(1) });

        rig.ClientLine.Stall(direction);
        var late = Rig.Start(1000, "late", hurried.Run);

        await AssertEndAsync(late, TimeSpan.FromSeconds(2), Outcome.NoReply, Outcome.NotSent);
        await AssertEndAsync(patient, s_noticed, Outcome.ConnectionLost);
        rig.ClientLine.Resume();
        rig.Gate.Open();
        await rig.AssertSoundAsync();
    }

    [Fact]
    public async Task Servers_line_goes_dead_its_calls_are_adopted_when_it_is_back()
    {
        var rig = await StartAsync(Settings);
        var calls = Rig.Start(64, "n", id => rig.Ordeal.Hold(id));
        await rig.Gate.ArrivalsAsync(64);

        var connections = rig.ServerLine.Accepted;
        rig.ServerLine.Stall();
        await Eventually.IsTrueAsync(() => !rig.Servers[0].Health.IsHealthy, "the server has noticed");
        rig.ServerLine.Cut();
        rig.ServerLine.Resume();
        await Eventually.IsTrueAsync(() => rig.ServerLine.Accepted > connections, "the server has connected again");
        rig.Gate.Open();

        // Its callers may find it silent for too long, as its notices stop with it.
        await AssertEndAsync(calls, TimeSpan.FromSeconds(20), Outcome.Success, Outcome.ServerLost);
        Assert.All(rig.Ledger.Read(), static run => Assert.Equal(1, run.Value));
        await rig.AssertSoundAsync();
    }

    [Fact]
    public async Task Writes_are_stuck_calls_end_by_their_deadlines_and_the_rest_goes_on_later()
    {
        var rig = await StartAsync(Settings);
        var text = new string('x', 40_000); // 40 MB: past all buffers on the way, and the library's queue of 128
        var hurried = rig.Ordeal.With(new RpcCallOptions { Timeout = TimeSpan.FromSeconds(2) });

        rig.ClientLine.Stall(ProxyDirection.ToTarget);
        var started = Stopwatch.GetTimestamp();
        var calls = Enumerable.Range(0, 1000).Select(_ => hurried.Measure(text)).ToArray();

        await AssertEndAsync(calls, TimeSpan.FromSeconds(5), Outcome.NoReply, Outcome.NotSent, Outcome.ConnectionLost);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        rig.ClientLine.Resume();
        await rig.AssertSoundAsync();
    }

    [Fact]
    public async Task Slow_line_delays_calls_and_loses_none()
    {
        var rig = await StartAsync();
        rig.ClientLine.Slow(100_000);
        rig.ServerLine.Slow(100_000);

        var calls = Enumerable.Range(0, 20).Select(_ => rig.Ordeal.Measure(new string('x', 10_000))).ToArray();

        Assert.All(await Task.WhenAll(calls).WaitAsync(TimeSpan.FromSeconds(30)), static length => Assert.Equal(10_000, length));
        rig.ClientLine.Resume();
        rig.ServerLine.Resume();
        await rig.AssertSoundAsync();
    }

    [Fact]
    public async Task Answers_of_the_broker_come_too_late_while_a_client_opens_its_connection()
    {
        var rig = await StartAsync(Settings);
        var connections = rig.ClientLine.Accepted;
        rig.ClientLine.Slow(60, ProxyDirection.ToCaller); // the broker's part of opening a connection is some hundred bytes
        await Broker.RunCtlAsync("close_all_connections", "fault test");
        await Eventually.IsTrueAsync(() => rig.ClientLine.Accepted > connections + 1, "more than one attempt was made");

        rig.ClientLine.Resume();
        await rig.AssertSoundAsync();
    }

    [Fact]
    public async Task Answers_of_the_broker_come_too_late_while_a_client_opens_its_reply_queue()
    {
        // In 7.1.2 a late answer to an operation that was given up can end the connection, and a channel that opens late belongs to nobody.
        const int AttemptFailed = 302;
        await Broker.RunCtlAsync("eval", "application:set_env(rabbit, max_message_size, 100000).");
        try
        {
            var rig = await StartAsync(new RigSettings
            {
                Client = new RpcClientOptions { Timeout = TimeSpan.FromMinutes(1), Heartbeat = TimeSpan.FromMinutes(1), ConnectTimeout = TimeSpan.FromSeconds(1) },
            });
            await Assert.ThrowsAsync<RpcException>(() => rig.Ordeal.Measure(new string('x', 200_000))); // costs the client its channel
            rig.ClientLine.Stall(ProxyDirection.ToCaller); // at least 100 ms before it opens the next
            await Eventually.IsTrueAsync(() => rig.ClientLog.Lines(AttemptFailed).Count >= 2, "two attempts were given up");
            rig.ClientLine.Resume();

            await rig.AssertSoundAsync();
            Assert.Equal(1, rig.ClientLine.Accepted); // on the same connection
        }
        finally
        {
            await Broker.RunCtlAsync("eval", "application:set_env(rabbit, max_message_size, 134217728).");
        }
    }
}
