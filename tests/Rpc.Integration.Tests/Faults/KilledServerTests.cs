using System.Diagnostics;
using Rpc.TestKit.Conformance;
using Rpc.TestKit.Faults;
using Rpc.TestKit.Interop;

namespace Rpc.Integration.Tests.Faults;

/// <summary>A server in a process of its own is killed (SIGKILL) while it runs calls.</summary>
public sealed class KilledServerTests(FaultBroker broker) : FaultTest(broker)
{
    private static readonly RigSettings s_noServer = new() { Serves = false };

    [Fact]
    public async Task Another_server_answers_at_once_and_idempotent_calls_run_there()
    {
        var rig = await StartAsync(s_noServer);
        var killed = await StartProcessAsync(rig);
        var once = rig.Ordeal.Hold("once");
        var again = rig.Ordeal.HoldAgain("again");
        await NotedAsync(rig, "once", "again");
        await rig.ServeAsync();
        rig.Gate.Open();

        var started = Stopwatch.GetTimestamp();
        await killed.KillAsync();

        Assert.Equal(Outcome.Redelivered, await Outcome.OfAsync(once, TimeSpan.FromSeconds(5)));
        Assert.Equal("again", await again.WaitAsync(TimeSpan.FromSeconds(5)));
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal((1, 2), (rig.Ledger.Count("once"), rig.Ledger.Count("again")));
        await rig.AssertSoundAsync();
    }

    [Fact]
    public async Task One_of_two_servers_is_killed_under_load_nothing_runs_twice_unseen()
    {
        var rig = await StartAsync(s_noServer);
        var killed = await StartProcessAsync(rig);
        await rig.ServeAsync();
        await Task.WhenAll(Rig.Start(100, "first", rig.Ordeal.Run)); // both serve by now

        var once = Rig.Start(2000, "once", rig.Ordeal.Run);
        var again = Rig.Start(80, "again", rig.Ordeal.RunAgain);
        await killed.KillAsync();

        await AssertEndAsync(once, TimeSpan.FromSeconds(20), Outcome.Success, Outcome.Redelivered);
        await AssertEndAsync(again, TimeSpan.FromSeconds(20), Outcome.Success);
        var runs = rig.Ledger.Read();
        Assert.All(runs.Where(static run => !run.Key.Contains("again", StringComparison.Ordinal)), static run => Assert.Equal(1, run.Value));
        await rig.AssertSoundAsync();
    }

    [Fact]
    public async Task Nobody_else_is_there_callers_learn_it_long_before_their_deadline()
    {
        var rig = await StartAsync(s_noServer);
        var killed = await StartProcessAsync(rig);
        var waiting = rig.Ordeal.Hold("waiting");
        var acknowledged = rig.Ordeal.HoldAcknowledged("acknowledged");
        await NotedAsync(rig, "waiting", "acknowledged");
        await Eventually.IsTrueAsync(() => rig.Client.Calls.WatchedCount == 2, "both calls were announced");

        await killed.KillAsync();

        // Three and a half notices, of two seconds each, and a look every two seconds.
        await AssertEndAsync([waiting, acknowledged], TimeSpan.FromSeconds(12), Outcome.ServerLost);
        await rig.ServeAsync();
        await rig.AssertSoundAsync();
        Assert.Equal((1, 1), (rig.Ledger.Count("waiting"), rig.Ledger.Count("acknowledged"))); // the redelivered one is not run again
    }

    [Fact]
    public async Task Server_stands_still_callers_learn_it_and_it_serves_again_when_it_goes_on()
    {
        var rig = await StartAsync(s_noServer);
        var server = await StartProcessAsync(rig);
        var waiting = rig.Ordeal.Hold("waiting");
        await NotedAsync(rig, "waiting");
        await Eventually.IsTrueAsync(() => rig.Client.Calls.WatchedCount == 1, "the call was announced");

        server.Pause();
        var meanwhile = rig.Ordeal.With(new RpcCallOptions { Timeout = TimeSpan.FromSeconds(3) }).Run("meanwhile");
        await AssertEndAsync([meanwhile], TimeSpan.FromSeconds(4), Outcome.NoReply);
        await AssertEndAsync([waiting], TimeSpan.FromSeconds(12), Outcome.ServerLost);

        server.GoOn();
        await rig.ServesAgainAsync();
        Assert.Equal((1, 0), (rig.Ledger.Count("waiting"), rig.Ledger.Count("meanwhile"))); // out of time before it was begun
    }

    private async Task<ForeignProgram> StartProcessAsync(Rig rig) => Keep(await ServerProcess.StartAsync(Broker.Uri, rig.Queue, rig.Ledger));

    private static Task NotedAsync(Rig rig, params string[] ids) =>
        Eventually.IsTrueAsync(() => ids.All(id => rig.Ledger.Count(id) == 1), $"{string.Join(", ", ids)} run");
}
