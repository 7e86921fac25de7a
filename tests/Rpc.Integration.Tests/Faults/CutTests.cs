using System.Diagnostics;
using Rpc.TestKit.Conformance;
using Rpc.TestKit.Faults;

namespace Rpc.Integration.Tests.Faults;

/// <summary>A connection is lost and can be opened again at once or later.</summary>
public sealed class CutTests(FaultBroker broker) : FaultTest(broker)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Clients_connection_is_lost_thousands_of_calls_end_at_once(bool reset)
    {
        var rig = await StartAsync();
        var calls = Rig.Start(3000, "n", id => rig.Ordeal.Hold(id));
        await rig.AwaitBacklogAsync(3000 - 64);

        var lost = Stopwatch.GetTimestamp();
        if (reset)
        {
            rig.ClientLine.Reset();
        }
        else
        {
            rig.ClientLine.Cut();
        }

        await AssertEndAsync(calls, TimeSpan.FromSeconds(5), Outcome.ConnectionLost);
        Assert.InRange(Stopwatch.GetElapsedTime(lost), TimeSpan.Zero, TimeSpan.FromSeconds(5));

        // Nothing but what was sent is run, and none of it twice.
        rig.Gate.Open();
        await rig.AssertSoundAsync();
        Assert.All(rig.Ledger.Read(), run => Assert.Equal(1, run.Value));
    }

    [Fact]
    public async Task Calls_made_while_there_is_no_connection_wait_for_the_next()
    {
        var rig = await StartAsync();
        rig.ClientLine.Cut(refuseNew: true);
        await Eventually.IsTrueAsync(() => !rig.Client.Health.IsHealthy, "the client has noticed");
        var patient = Rig.Start(1000, "n", rig.Ordeal.Run);
        var hurried = rig.Ordeal.With(new RpcCallOptions { Timeout = TimeSpan.FromSeconds(1) });
        var late = Rig.Start(1000, "late", hurried.Run);

        await AssertEndAsync(late, TimeSpan.FromSeconds(2), Outcome.NotSent);
        rig.ClientLine.Resume();

        await AssertEndAsync(patient, TimeSpan.FromSeconds(30), Outcome.Success);
        Assert.Equal(patient.Length, rig.Ledger.Read().Count); // none of those that were said not to have run
        Assert.All(rig.Ledger.Read(), run => Assert.Equal(1, run.Value));
        await rig.AssertSoundAsync();
    }

    [Fact]
    public async Task Servers_connection_is_lost_callers_of_running_calls_see_nothing_but_time()
    {
        var rig = await StartAsync();
        var calls = Rig.Start(500, "n", id => rig.Ordeal.Hold(id));
        await rig.Gate.ArrivalsAsync(64);

        rig.ServerLine.Cut(refuseNew: true);
        rig.Gate.Open(); // what runs is done before there is a connection again
        rig.ServerLine.Resume();

        await AssertEndAsync(calls, TimeSpan.FromSeconds(20), Outcome.Success);
        Assert.All(rig.Ledger.Read(), run => Assert.Equal(1, run.Value));
        Assert.Equal(calls.Length, rig.Ledger.Read().Count);
        await rig.AssertSoundAsync();
    }

    [Fact]
    public async Task Servers_connection_is_lost_again_and_again_while_a_call_runs()
    {
        var rig = await StartAsync();
        var call = rig.Ordeal.Hold("long");
        await rig.Gate.ArrivalsAsync();

        for (var loss = 1; loss <= 3; loss++)
        {
            var connections = rig.ServerLine.Accepted;
            rig.ServerLine.Cut();
            await Eventually.IsTrueAsync(() => rig.ServerLine.Accepted > connections, "the server has connected again");
            Assert.Equal(loss, await rig.Ordeal.Echo(loss));
        }

        rig.Gate.Open();
        Assert.Equal("long", await call.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal(1, rig.Ledger.Count("long"));
        await rig.AssertSoundAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Servers_connection_is_lost_under_load_nothing_runs_twice_unseen(bool idempotent)
    {
        var rig = await StartAsync();
        var made = new List<Task<string>>();
        for (var round = 0; round < 5; round++)
        {
            made.AddRange(Rig.Start(400, $"r{round}-", idempotent ? rig.Ordeal.RunAgain : rig.Ordeal.Run));
            rig.ServerLine.Cut();
            await rig.ServesAgainAsync();
        }

        var runs = rig.Ledger;
        await AssertEndAsync(made, TimeSpan.FromSeconds(30), idempotent ? [Outcome.Success] : [Outcome.Success, Outcome.Redelivered]);
        if (!idempotent)
        {
            Assert.All(runs.Read(), run => Assert.Equal(1, run.Value));
        }

        await rig.AssertSoundAsync();
    }
}
