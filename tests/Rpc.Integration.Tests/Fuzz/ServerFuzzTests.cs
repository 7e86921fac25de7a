using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;
using Rpc.TestKit.Fuzz;
using Rpc.TestKit.Raw;

namespace Rpc.Integration.Tests.Fuzz;

/// <summary>A server on RabbitMQ gets requests that no program of ours would send.</summary>
public sealed class ServerFuzzTests(BrokerFixture fixture)
{
    private const int Requests = 8_000;

    [Fact]
    public async Task Every_request_that_can_be_answered_is_answered_once_and_nothing_is_lost()
    {
        var address = await fixture.GetAmqpUriAsync();
        var queue = $"fuzzed.{Guid.NewGuid():N}";
        var log = new LogRecorder();
        await using var peer = await RawPeer.ConnectAsync(address);
        await using var other = await RawPeer.ConnectAsync(address);
        var service = new FuzzedService();
        var server = await RpcServer.StartAsync(
            address,
            services => services.Add<IFuzzed>(service, new RpcServiceOptions { Queue = queue, MaxQueued = 500 }),
            new RpcServerOptions { MaxRequestSize = 100_000, MaxReplySize = 100_000, LoggerFactory = log });
        var requests = new HostileRequests(FuzzSeed.Start(3), [peer.ReplyQueue, other.ReplyQueue]);
        var ledger = new ReplyLedger();

        for (var i = 0; i < Requests; i++)
        {
            // What RabbitMQ itself does not take from a publisher: the bare address of direct reply-to.
            var request = requests.Next();
            if (request.Properties.ReplyTo == "amq.rabbitmq.reply-to")
            {
                continue;
            }

            if (request.Properties.ReplyTo is { } replyTo && (replyTo == peer.ReplyQueue || replyTo == other.ReplyQueue))
            {
                ledger.Expect(replyTo, request.Properties.CorrelationId, request.MayExpire);
            }

            await peer.PublishAsync(queue, request.Body, request.Properties);
        }

        await Eventually.IsTrueAsync(
            () =>
            {
                Take(peer, ledger);
                Take(other, ledger);
                return ledger.Missing == 0;
            },
            $"all are answered (seed {FuzzSeed.Value})");
        await using (var client = await RpcClient.ConnectAsync(address))
        {
            Assert.Equal("normal", await client.Create<IFuzzed>(new RpcRoute { Queue = queue }).Echo("normal").WithinDeadlineAsync());
        }

        Assert.True(server.Health.IsHealthy, server.Health.ToString());
        await server.DisposeAsync();
        Take(peer, ledger);
        Take(other, ledger);
        Assert.Empty(ledger.Wrong());
        Assert.Empty(log.Lines(303)); // neither the connection nor a channel was lost
        Assert.Equal(0u, (await peer.CountAsync(queue))!.Ready);
        Assert.True(service.Entered > Requests / 20, $"only {service.Entered} calls came through to the service");
        await peer.DeleteAsync(queue);
    }

    private static void Take(RawPeer peer, ReplyLedger ledger)
    {
        while (peer.TryNextReply() is { } reply)
        {
            if (reply.Properties.ContentType != HostileReplies.Notices[0])
            {
                ledger.Came(peer.ReplyQueue, reply.Properties.CorrelationId);
            }
        }
    }
}
