using System.Diagnostics;
using Rpc.TestKit.Faults;
using Rpc.TestKit.Raw;

namespace Rpc.Integration.Tests.Faults;

/// <summary>Request queues: kinds, expiry, and what is told when they are not as they should be.</summary>
public sealed class TopologyTests(FaultBroker broker) : FaultTest(broker)
{
    private static readonly RpcServerOptions s_options = new() { DrainTimeout = TimeSpan.FromSeconds(1) };
    private readonly string _queue = $"rpc.fault.{Guid.NewGuid():N}";

    [Theory]
    [InlineData(RpcQueueType.Classic)]
    [InlineData(RpcQueueType.Quorum)]
    public async Task Queue_without_servers_expires_and_callers_are_told_at_once(RpcQueueType type)
    {
        var rig = await StartAsync(new RigSettings { Service = new RpcServiceOptions { QueueType = type, QueueExpiry = TimeSpan.FromSeconds(2) } });
        Assert.Equal("served", await rig.Ordeal.Run("served"));
        await rig.Servers[0].DisposeAsync();

        // Callers that go on calling, and whose deadlines have the broker asked about the queue, must not keep it alive.
        var hurried = rig.Ordeal.With(new RpcCallOptions { Timeout = TimeSpan.FromSeconds(1.5), Retry = RpcRetryOptions.None });
        var outcome = Outcome.Success;
        for (var started = Stopwatch.GetTimestamp(); outcome != Outcome.NoServer;)
        {
            outcome = await Outcome.OfAsync(hurried.Echo(1), TimeSpan.FromSeconds(3));
            Assert.Contains(outcome, new[] { Outcome.NoServer, Outcome.NoReply });
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(10), "The queue is still there.");
        }
    }

    [Fact]
    public async Task Queue_that_differs_is_an_error_that_names_it_and_the_argument()
    {
        await using var peer = await RawPeer.ConnectAsync(Broker.Uri);
        await peer.DeclareAsync(_queue, arguments: new Dictionary<string, object?> { ["x-queue-type"] = "classic", ["x-expires"] = 60_000L });

        var expiry = await FailsAsync(new RpcServiceOptions { Queue = _queue, QueueExpiry = TimeSpan.FromMinutes(2) });
        var type = await FailsAsync(new RpcServiceOptions { Queue = _queue, QueueType = RpcQueueType.Quorum, QueueExpiry = TimeSpan.FromMinutes(1) });

        Assert.Contains("'x-expires'", expiry.Message, StringComparison.Ordinal);
        Assert.Contains("'x-queue-type'", type.Message, StringComparison.Ordinal);
        await peer.DeleteAsync(_queue);
    }

    [Theory]
    [InlineData(RpcTopology.Passive)]
    [InlineData(RpcTopology.None)]
    public async Task Queue_that_is_missing_is_an_error_that_names_it(RpcTopology topology)
    {
        var missing = await FailsAsync(new RpcServiceOptions { Queue = _queue, Topology = topology });

        Assert.Contains("NOT_FOUND", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RpcTopology.Passive)]
    [InlineData(RpcTopology.None)]
    [InlineData(RpcTopology.DeclareIfMissing)]
    public async Task Queue_that_differs_is_served_where_it_is_taken_as_it_is(RpcTopology topology)
    {
        await using var peer = await RawPeer.ConnectAsync(Broker.Uri);
        await peer.DeclareAsync(_queue, arguments: new Dictionary<string, object?> { ["x-max-priority"] = 2 });
        using var ledger = RunLedger.Create();
        await using var server = await ServeAsync(new RpcServiceOptions { Queue = _queue, Topology = topology }, ledger);
        await using var client = await RpcClient.ConnectAsync(Broker.Uri);

        Assert.Equal(5, await client.Create<IOrdeal>(new RpcRoute { Queue = _queue }).Echo(5));
        await peer.DeleteAsync(_queue);
    }

    private async Task<RpcException> FailsAsync(RpcServiceOptions service)
    {
        using var ledger = RunLedger.Create();
        var failure = await Assert.ThrowsAsync<RpcException>(() => ServeAsync(service, ledger));
        Assert.Equal((RpcStatus.Unavailable, RpcReason.Refused), (failure.Status, failure.Reason));
        Assert.Contains($"'{_queue}'", failure.Message, StringComparison.Ordinal);
        return failure;
    }

    private Task<RpcServer> ServeAsync(RpcServiceOptions service, RunLedger ledger) =>
        RpcServer.StartAsync(Broker.Uri, services => services.Add<IOrdeal>(new OrdealService(ledger, new TestKit.Conformance.Gate()), service), s_options);
}
