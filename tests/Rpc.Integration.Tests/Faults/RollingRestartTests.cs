using Rpc.TestKit.Conformance;
using Rpc.TestKit.Faults;

namespace Rpc.Integration.Tests.Faults;

/// <summary>A deployment: three servers are replaced one after the other while callers go on.</summary>
public sealed class RollingRestartTests(FaultBroker broker) : FaultTest(broker)
{
    [Fact]
    public async Task Callers_see_no_error_and_each_call_runs_once()
    {
        var rig = await StartAsync(new RigSettings { Serves = false });
        var servers = new Queue<RpcServer>();
        for (var i = 0; i < 3; i++)
        {
            servers.Enqueue(await StartServerAsync(rig));
        }

        using var stop = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 40).Select(caller => CallAsync(rig, caller, stop.Token)).ToArray();
        for (var replaced = 0; replaced < 6; replaced++)
        {
            await Eventually.IsTrueAsync(RunsOn(rig), "calls go on");
            var leaving = servers.Dequeue();
            await leaving.DisposeAsync();
            servers.Enqueue(await StartServerAsync(rig));
        }

        await Eventually.IsTrueAsync(RunsOn(rig), "calls go on");
        await stop.CancelAsync();
        var made = await Task.WhenAll(callers).WaitAsync(TimeSpan.FromSeconds(30)); // throws what any of them met

        var runs = rig.Ledger.Read();
        Assert.Equal(made.Sum(), runs.Count);
        Assert.All(runs, static run => Assert.Equal(1, run.Value));
        Assert.InRange(made.Sum(), 500, int.MaxValue);
    }

    [Fact]
    public async Task Servers_that_are_processes_drain_when_they_are_told_to_end()
    {
        var rig = await StartAsync(new RigSettings { Serves = false });
        var first = Keep(await ServerProcess.StartAsync(Broker.Uri, rig.Queue, rig.Ledger));
        using var stop = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 10).Select(caller => CallAsync(rig, caller, stop.Token)).ToArray();
        await Eventually.IsTrueAsync(RunsOn(rig), "calls go on");

        await using var second = await ServerProcess.StartAsync(Broker.Uri, rig.Queue, rig.Ledger);
        var ended = await first.StopAsync();
        await Eventually.IsTrueAsync(RunsOn(rig), "calls go on");
        await stop.CancelAsync();
        var made = await Task.WhenAll(callers).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.True(ended.ExitCode == 0, ended.Errors);
        var runs = rig.Ledger.Read();
        Assert.Equal(made.Sum(), runs.Count);
        Assert.All(runs, static run => Assert.Equal(1, run.Value));
    }

    private async Task<RpcServer> StartServerAsync(Rig rig) => Keep(await RpcServer.StartAsync(
        Broker.Uri, services => services.Add<IOrdeal>(rig.Service, new RpcServiceOptions { Queue = rig.Queue, MaxConcurrency = 4 })));

    // One call after the other, every other one of a method that must not run twice.
    private static async Task<int> CallAsync(Rig rig, int caller, CancellationToken stop)
    {
        var made = 0;
        for (; !stop.IsCancellationRequested; made++)
        {
            var id = $"{caller}-{made}";
            Assert.Equal(id, await (made % 2 == 0 ? rig.Ordeal.Run(id) : rig.Ordeal.RunAgain(id)));
        }

        return made;
    }

    private static Func<bool> RunsOn(Rig rig)
    {
        var before = rig.Ledger.Read().Count;
        return () => rig.Ledger.Read().Count > before + 40;
    }
}
