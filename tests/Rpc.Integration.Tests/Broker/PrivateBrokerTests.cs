using Rpc.TestKit.Broker;
using Rpc.TestKit.Raw;

namespace Rpc.Integration.Tests.Broker;

/// <summary>Run apart from all other tests: one of them looks at the folder in which every broker of this process lives.</summary>
[Collection(nameof(PrivateBrokerTests))]
[CollectionDefinition(nameof(PrivateBrokerTests), DisableParallelization = true)]
public sealed class PrivateBrokerTests
{
    [Fact]
    public async Task RunningBroker_ServesClientsAndRabbitMqCtl_AndDisposalLeavesNothing()
    {
        await using var broker = await BrokerFixture.StartPrivateAsync();
        await using (var peer = await RawPeer.ConnectAsync(broker.Uri))
            await peer.DeclareAsync("seen-by-ctl");

        Assert.Contains("seen-by-ctl", await broker.RunCtlAsync("list_queues", "--silent", "name"), StringComparison.Ordinal);
        var failure = await Assert.ThrowsAsync<BrokerException>(() => broker.RunCtlAsync("no_such_command"));
        Assert.Contains("no_such_command", failure.Message, StringComparison.Ordinal);

        var running = broker.FindProcesses();
        Assert.Contains(broker.ProcessId, running);
        // At least epmd, the node, and the node's port program.
        Assert.True(running.Count >= 3, $"only {running.Count} processes were found for a running broker");
        await broker.DisposeAsync();
        AssertNothingLeft(broker);
    }

    [Fact]
    public async Task StoppedOrKilledBroker_StartsAgainOnItsPortWithItsData()
    {
        await using var broker = await BrokerFixture.StartPrivateAsync();
        var port = broker.Port;
        await using (var peer = await RawPeer.ConnectAsync(broker.Uri))
        {
            await peer.DeclareAsync("kept");
            await peer.DeclareAsync("lost", durable: false);
            await peer.PublishAsync("kept", "still here", new() { Persistent = true });
        }

        await broker.StopAsync();
        await broker.StartAgainAsync();
        await AssertKeptAsync(broker);
        await broker.KillAsync();
        await broker.StartAgainAsync();
        await AssertKeptAsync(broker);

        Assert.Equal(port, broker.Port);
        await broker.StopAsync();
        await broker.DisposeAsync();
        AssertNothingLeft(broker);
    }

    [Fact]
    public async Task TwoAtOnce_DoNotMeet()
    {
        var starting = (BrokerFixture.StartPrivateAsync(), BrokerFixture.StartPrivateAsync());
        await using var one = await starting.Item1;
        await using var two = await starting.Item2;
        await using var peer = await RawPeer.ConnectAsync(one.Uri);

        await peer.DeclareAsync("only-here");

        Assert.NotEqual(one.Port, two.Port);
        Assert.Contains("only-here", await one.RunCtlAsync("list_queues", "--silent", "name"), StringComparison.Ordinal);
        Assert.DoesNotContain("only-here", await two.RunCtlAsync("list_queues", "--silent", "name"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CancelledStart_LeavesNothing()
    {
        await using var other = await BrokerFixture.StartPrivateAsync();
        var root = Path.GetDirectoryName(other.Folder)!;
        var before = Directory.GetDirectories(root, "broker-*");
        // A node takes several seconds to start, its epmd a few milliseconds: this is between the two.
        using var cancelled = new CancellationTokenSource(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PrivateBroker.StartAsync(cancelled.Token));

        Assert.Equal(before, Directory.GetDirectories(root, "broker-*"));
        // The other one was not mistaken for it.
        Assert.NotEmpty(await other.RunCtlAsync("list_vhosts"));
    }

    static async Task AssertKeptAsync(PrivateBroker broker)
    {
        await using var peer = await RawPeer.ConnectAsync(broker.Uri);
        Assert.Equal(new QueueCounts(Ready: 1, Consumers: 0), await peer.CountAsync("kept"));
        Assert.Null(await peer.CountAsync("lost"));
    }

    static void AssertNothingLeft(PrivateBroker broker)
    {
        Assert.Empty(broker.FindProcesses());
        Assert.False(Directory.Exists(broker.Folder));
    }
}
