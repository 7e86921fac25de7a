using Rpc.TestKit.Conformance;
using Rpc.TestKit.Faults;
using Rpc.TestKit.Interop;
using Rpc.TestKit.Raw;

namespace Rpc.Integration.Tests.Faults;

/// <summary>A request that kills every server it comes to.</summary>
public sealed class PoisonTests(FaultBroker broker) : FaultTest(broker)
{
    private readonly CancellationTokenSource _stop = new();

    [Theory]
    [InlineData("classic")]
    [InlineData("quorum")]
    public async Task Own_callers_give_it_up_after_three_servers_and_its_neighbours_are_answered(string type)
    {
        var rig = await StartAsync(new RigSettings { Serves = false });
        await DeclareAsync(rig.Queue, type);
        var restarting = RestartAsync(rig.Queue, rig.Ledger, bare: false);

        var poison = rig.Ordeal.KillAgain("poison");
        var once = rig.Ordeal.Kill("once");
        var neighbours = Rig.Start(5, "neighbour", rig.Ordeal.Run);

        await AssertEndAsync([poison, once], TimeSpan.FromSeconds(30), Outcome.Redelivered);
        await AssertEndAsync(neighbours, TimeSpan.FromSeconds(10), Outcome.Success, Outcome.Redelivered);
        await rig.ServesAgainAsync();
        await _stop.CancelAsync();
        Assert.InRange(await restarting, 3, 4); // the two may have died together
        Assert.InRange(rig.Ledger.Count("poison"), 1, 3);
        Assert.InRange(rig.Ledger.Count("once"), 0, 1);
        Assert.All(neighbours, neighbour => Assert.InRange(
            rig.Ledger.Count(neighbour.IsCompletedSuccessfully ? neighbour.Result : "-"), neighbour.IsCompletedSuccessfully ? 1 : 0, 1));
    }

    [Theory]
    [InlineData("classic")]
    [InlineData("quorum")]
    public async Task Foreign_callers_request_is_given_up_after_three_servers_and_its_neighbours_are_not_lost(string type)
    {
        using var ledger = RunLedger.Create();
        var queue = $"rpc.fault.{Guid.NewGuid():N}";
        await DeclareAsync(queue, type);
        await using var caller = await RawPeer.ConnectAsync(Broker.Uri);
        var restarting = RestartAsync(queue, ledger, bare: true);

        await caller.RequestAsync(queue, "\"kill\"");
        await caller.RequestAsync(queue, "\"first\"");
        await caller.RequestAsync(queue, "\"second\"");
        var replies = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            replies.Add((await caller.NextReplyAsync(TimeSpan.FromSeconds(30))).Text);
        }

        await _stop.CancelAsync();
        Assert.Equal(3, await restarting);
        Assert.Equal(3, ledger.Count("kill"));
        Assert.Contains("\"first\"", replies);
        Assert.Contains("\"second\"", replies);
        Assert.Contains(replies, static reply => reply.Contains("Redelivered", StringComparison.Ordinal));
        await Eventually.IsTrueAsync(() => ledger.Count("first") >= 1 && ledger.Count("second") >= 1, "the neighbours were run");
    }

    private async Task DeclareAsync(string queue, string type)
    {
        await using var peer = await RawPeer.ConnectAsync(Broker.Uri);
        await peer.DeclareAsync(queue, arguments: new Dictionary<string, object?> { ["x-queue-type"] = type, ["x-expires"] = 300_000L });
    }

    // As an orchestrator does: whenever the server dies, another one is started. Ends with how many have died.
    private async Task<int> RestartAsync(string queue, RunLedger ledger, bool bare)
    {
        for (var died = 0; ; died++)
        {
            await using var server = await ServerProcess.StartAsync(Broker.Uri, queue, ledger, bare, passive: true, concurrency: bare ? 1 : 64);
            if (!await EndsAsync(server))
            {
                return died;
            }
        }
    }

    private async Task<bool> EndsAsync(ForeignProgram server)
    {
        var ended = server.WaitForEndAsync(TimeSpan.FromMinutes(2));
        var stopped = new TaskCompletionSource();
        await using var registration = _stop.Token.Register(stopped.SetResult);
        if (await Task.WhenAny(ended, stopped.Task) == ended)
        {
            return true;
        }

        await server.KillAsync();
        await ended;
        return false;
    }
}
