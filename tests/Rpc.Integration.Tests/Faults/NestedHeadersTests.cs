using RabbitMQ.Client;
using Rpc.TestKit.Faults;
using Rpc.TestKit.Raw;

namespace Rpc.Integration.Tests.Faults;

/// <summary>Headers of tables in tables, as deep as a frame allows, which the client library reads by recursion.</summary>
public sealed class NestedHeadersTests(FaultBroker broker) : FaultTest(broker)
{
    private const int Levels = 20_000; // ends a process with the usual stacks of 8 MB

    [Fact]
    public async Task Server_survives_and_serves_the_next_call()
    {
        var rig = await StartAsync(new RigSettings { Serves = false });
        var server = Keep(await ServerProcess.StartAsync(Broker.Uri, rig.Queue, rig.Ledger));
        await using var peer = await RawPeer.ConnectAsync(Broker.Uri);

        await PublishAsync(peer, rig.Queue);

        Assert.Equal("next", await rig.Ordeal.Run("next"));
        await server.KillAsync();
    }

    // The library also writes by recursion.
    private static async Task PublishAsync(RawPeer peer, string queue)
    {
        object? value = null;
        for (var i = 0; i < Levels; i++)
        {
            value = new List<object?> { value };
        }

        var published = new TaskCompletionSource<Task>();
        var thread = new Thread(
            () => published.SetResult(peer.PublishAsync(queue, "[]", new BasicProperties { Headers = new Dictionary<string, object?> { ["deep"] = value } })),
            maxStackSize: 1 << 30);
        thread.Start();
        await await published.Task;
    }
}
