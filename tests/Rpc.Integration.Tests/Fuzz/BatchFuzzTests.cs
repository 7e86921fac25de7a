using System.Buffers.Text;
using RabbitMQ.Client;
using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;
using Rpc.TestKit.Fuzz;
using Rpc.TestKit.Raw;

namespace Rpc.Integration.Tests.Fuzz;

/// <summary>A server and a client on RabbitMQ get batches, most of them broken.</summary>
public sealed class BatchFuzzTests(BrokerFixture fixture)
{
    private const int Requests = 5_000;
    private const int Calls = 200;
    private const int Replies = 5_000;

    [Fact]
    public async Task Every_call_of_a_whole_batch_is_answered_once_and_every_broken_batch_as_a_whole()
    {
        var address = await fixture.GetAmqpUriAsync();
        var queue = $"fuzzed.{Guid.NewGuid():N}";
        var log = new LogRecorder();
        await using var peer = await RawPeer.ConnectAsync(address);
        var service = new FuzzedService();
        var server = await RpcServer.StartAsync(
            address,
            services => services.Add<IFuzzed>(service, new RpcServiceOptions { Queue = queue }),
            new RpcServerOptions { MaxRequestSize = 100_000, MaxReplySize = 100_000, LoggerFactory = log });
        var requests = new HostileBatchRequests(FuzzSeed.Start(8), [peer.ReplyQueue]);
        var ledger = new ReplyLedger();
        for (var i = 0; i < Requests; i++)
        {
            var request = requests.Next(out var calls);
            foreach (var call in calls)
            {
                ledger.Expect(peer.ReplyQueue, requests.IdOf(call), mayExpire: false);
            }

            if (calls.Count == 0 && HostileBatchRequests.IsUnreadable(request.Properties.AppId, request.Body))
            {
                ledger.Expect(peer.ReplyQueue, request.Properties.CorrelationId, mayExpire: false);
            }

            await peer.PublishAsync(queue, request.Body, request.Properties);
        }

        await Eventually.IsTrueAsync(
            () =>
            {
                Take(peer, ledger);
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
        Assert.Empty(ledger.Wrong());
        Assert.Empty(log.Lines(303)); // neither the connection nor a channel was lost
        Assert.Equal(0u, (await peer.CountAsync(queue))!.Ready);
        Assert.True(service.Entered > Requests / 2, $"only {service.Entered} calls came through to the service");
        await peer.DeleteAsync(queue);
    }

    [Fact]
    public async Task Every_call_ends_once_and_none_with_what_was_not_said_of_it()
    {
        var address = await fixture.GetAmqpUriAsync();
        var queue = $"fuzzed.{Guid.NewGuid():N}";
        var log = new LogRecorder();
        await using var peer = await RawPeer.ConnectAsync(address);
        await peer.DeclareAsync(queue);
        await using var consumer = await peer.ConsumeAsync(queue, prefetch: 0);
        await using var client = await RpcClient.ConnectAsync(
            address, new RpcClientOptions { Retry = RpcRetryOptions.None, MaxReplySize = 100_000, Timeout = TimeSpan.FromMinutes(2), LoggerFactory = log });
        var fuzzed = client.Create<IFuzzed>(new RpcRoute { Queue = queue });
        var calls = Enumerable.Range(0, Calls).Select(i => fuzzed.Echo($"{i}")).ToArray();
        var (numbers, replyTo) = (new List<long>(), "");
        while (numbers.Count < Calls)
        {
            var request = await consumer.NextAsync();
            replyTo = request.Properties.ReplyTo!;
            numbers.Add(Convert.ToInt64(request.Properties.CorrelationId!.Split('.')[^1], 16));
        }

        var nonce = Base64Url.DecodeFromChars(client.Calls.Ids.Prefix.AsSpan()[..^1]);
        var hostile = new HostileBatchReplies(FuzzSeed.Start(9), nonce, [.. numbers.Take(Calls / 2)]);
        var ending = new HashSet<long>();
        for (var i = 0; i < Replies; i++)
        {
            var body = hostile.Next();
            if (HostileBatchReplies.Names(body, nonce, out var named))
            {
                ending.UnionWith(named);
            }

            await peer.PublishAsync(replyTo, body, new BasicProperties { ContentType = RawBatch.ContentTypeOfBatches, AppId = RawEnvelope.OwnAppId });
        }

        var genuine = new RawBatch(nonce, [.. numbers.Take(128).Select(static number => new RawFrame(number, "\"genuine\""))]);
        var others = new RawBatch(nonce, [.. numbers.Skip(128).Select(static number => new RawFrame(number, "\"genuine\""))]);
        await peer.PublishAsync(replyTo, genuine.ToBytes(), new BasicProperties { ContentType = RawBatch.ContentTypeOfBatches });
        await peer.PublishAsync(replyTo, others.ToBytes(), new BasicProperties { ContentType = RawBatch.ContentTypeOfBatches });

        var outcomes = await Task.WhenAll(calls.Select(static call => call.ContinueWith(static ended => ended, TaskScheduler.Default))).WithinDeadlineAsync();
        Assert.All(outcomes, static ended => Assert.True(ended.IsCompletedSuccessfully || ended.Exception!.InnerException is RpcException, $"{ended.Exception}"));
        Assert.All(outcomes.Zip(numbers).Where(call => !ending.Contains(call.Second)), static call => Assert.Equal("genuine", call.First.Result));
        Assert.Equal((0, 0, 0), (client.Calls.Count, client.Calls.DeadlineCount, client.Calls.WatchedCount));

        var normal = fuzzed.Echo("normal");
        await peer.ReplyAsync(await consumer.NextAsync(), "\"normal\"");
        Assert.Equal("normal", await normal.WithinDeadlineAsync());
        Assert.True(client.Health.IsHealthy, client.Health.ToString());
        Assert.Empty(log.Lines(303));
        await peer.DeleteAsync(queue);
    }

    private static void Take(RawPeer peer, ReplyLedger ledger)
    {
        while (peer.TryNextReply() is { } reply)
        {
            if (reply.Properties.ContentType != HostileReplies.Notices[0])
            {
                ledger.CameTogether(peer.ReplyQueue, reply.Properties.ContentType, reply.Properties.CorrelationId, reply.Body);
            }
        }
    }
}
