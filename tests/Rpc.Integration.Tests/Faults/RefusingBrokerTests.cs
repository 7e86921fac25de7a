using System.Diagnostics;
using Rpc.TestKit.Conformance;
using Rpc.TestKit.Faults;
using Rpc.TestKit.Raw;

namespace Rpc.Integration.Tests.Faults;

/// <summary>The broker refuses what a server needs, and later does not.</summary>
public sealed class RefusingBrokerTests(FaultBroker broker) : FaultTest(broker)
{
    private const int AttemptFailed = 302;

    [Fact]
    public async Task One_services_queue_is_refused_it_is_asked_for_seldom_and_the_other_service_goes_on()
    {
        string refused = $"rpc.fault.{Guid.NewGuid():N}", served = $"rpc.fault.{Guid.NewGuid():N}";
        using var ledger = RunLedger.Create();
        var service = new OrdealService(ledger, new Gate());
        var log = new LogRecorder();
        await using var server = await RpcServer.StartAsync(
            Broker.Uri,
            services => services.Add<IOrdeal>(service, new RpcServiceOptions { Queue = refused }).Add<IBareOrdeal>(service, new RpcServiceOptions { Queue = served }),
            new RpcServerOptions { LoggerFactory = log });
        await using var client = await RpcClient.ConnectAsync(Broker.Uri, new RpcClientOptions { Retry = RpcRetryOptions.None });
        var ordeal = client.Create<IOrdeal>(new RpcRoute { Queue = refused });
        var other = client.Create<IBareOrdeal>(new RpcRoute { Queue = served });

        // Deleted, and declared by somebody else in another way before the server comes round to it: tried until that is so.
        await using var peer = await RawPeer.ConnectAsync(Broker.Uri);
        await TakeQueueAsync(peer, refused, () => server.Health.IsHealthy);
        var calls = 0;
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(4); calls++)
        {
            Assert.Equal("other", await other.Run("other"));
        }

        Assert.InRange(calls, 100, int.MaxValue);
        Assert.InRange(log.Lines(AttemptFailed).Count, 1, 8); // 0.2 + 0.4 + 0.8 + 1.6 + 3.2 s, with jitter
        Assert.Contains(server.Health.Problems, problem => problem.Contains(refused, StringComparison.Ordinal) && problem.Contains("PRECONDITION_FAILED", StringComparison.Ordinal));
        var unserved = await Assert.ThrowsAsync<RpcException>(() => ordeal.With(new RpcCallOptions { Timeout = TimeSpan.FromSeconds(1) }).Echo(1));
        Assert.Equal(RpcReason.NoReply, unserved.Reason);
        Assert.Equal(0, unserved.Failure!.Diagnosis!.Consumers);

        await peer.DeleteAsync(refused);
        await Eventually.IsTrueAsync(() => server.Health.IsHealthy, "the server serves both again");
        Assert.Equal(2, await ordeal.Echo(2));
    }

    [Fact]
    public async Task Wrong_password_is_told_at_once_and_without_it()
    {
        var log = new LogRecorder();
        var wrong = $"amqp://guest:topsecret@127.0.0.1:{Broker.Port}";
        var failure = await Assert.ThrowsAsync<RpcException>(() => RpcClient.ConnectAsync(wrong));
        Assert.Equal((RpcStatus.Unavailable, RpcReason.Refused), (failure.Status, failure.Reason));
        Assert.DoesNotContain("topsecret", failure.ToString(), StringComparison.Ordinal);

        // What the broker refuses it refuses again: nobody waits for that.
        var patient = await Assert.ThrowsAsync<RpcException>(
            () => RpcClient.ConnectAsync(wrong, new RpcClientOptions { WaitForBroker = true, LoggerFactory = log }));
        Assert.Equal(RpcReason.Refused, patient.Reason);
        Assert.Empty(log.Lines(AttemptFailed));
    }

    [Fact]
    public async Task Broker_that_is_not_there_yet_is_waited_for_where_that_is_asked()
    {
        await using var line = TcpProxy.Start("127.0.0.1", Broker.Port);
        line.Cut(refuseNew: true);
        var uri = Rig.UriOf(line);
        using var ledger = RunLedger.Create();
        var queue = $"rpc.fault.{Guid.NewGuid():N}";
        var log = new LogRecorder();

        var impatient = await Assert.ThrowsAsync<RpcException>(() => RpcClient.ConnectAsync(uri));
        var serving = RpcServer.StartAsync(
            uri, services => services.Add<IOrdeal>(new OrdealService(ledger, new Gate()), new RpcServiceOptions { Queue = queue }), new RpcServerOptions { WaitForBroker = true });
        var connecting = RpcClient.ConnectAsync(uri, new RpcClientOptions { WaitForBroker = true, LoggerFactory = log });
        await Eventually.IsTrueAsync(() => log.Lines(AttemptFailed).Count >= 2, "two attempts have failed");
        line.Resume();
        await using var server = await serving.WaitAsync(TimeSpan.FromSeconds(20));
        await using var client = await connecting.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(RpcReason.NotConnected, impatient.Reason);
        Assert.Equal(1, await client.Create<IOrdeal>(new RpcRoute { Queue = queue }).Echo(1));
    }

    private static async Task TakeQueueAsync(RawPeer peer, string queue, Func<bool> isServed)
    {
        var taken = new Dictionary<string, object?> { ["x-max-priority"] = 2 };
        for (var started = Stopwatch.GetTimestamp(); ;)
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Eventually.Deadline, "The server was quicker each time.");
            await peer.DeleteAsync(queue);
            try
            {
                await peer.DeclareAsync(queue, arguments: taken);
                await Eventually.IsTrueAsync(() => !isServed(), "the server has noticed");
                return;
            }
            catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
            {
                // The server has declared it already.
            }
        }
    }
}
