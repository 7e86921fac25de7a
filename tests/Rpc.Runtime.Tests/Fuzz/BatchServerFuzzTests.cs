using Rpc.TestKit.Conformance;
using Rpc.TestKit.Fuzz;
using Rpc.Transport.Memory;
using Rpc.Transport.RabbitMq;

namespace Rpc.Runtime.Tests.Fuzz;

/// <summary>A server on the embedded broker gets batches, most of them broken.</summary>
public sealed class BatchServerFuzzTests
{
    private const int Messages = 8_000;
    private const string RequestQueue = "fuzzed.requests";
    private static readonly string[] s_replyQueues = ["replies.one", "replies.two"];

    [Fact]
    public async Task Every_call_of_a_whole_batch_is_answered_once_and_every_broken_batch_as_a_whole()
    {
        var name = $"fuzz-{Guid.NewGuid():N}";
        var broker = MemoryBroker.Attach(name);
        var ledger = new ReplyLedger();
        var random = FuzzSeed.Start(6);
        var requests = new HostileBatchRequests(random, s_replyQueues);
        foreach (var queue in s_replyQueues)
        {
            broker.Declare(queue);
            broker.Consume(queue, prefetch: 0, (_, message) => ledger.CameTogether(queue, message.Properties.ContentType, message.Properties.CorrelationId.Text, message.Body));
        }

        var service = new FuzzedService();
        var options = new RpcServerOptions { MaxRequestSize = 100_000, MaxReplySize = 100_000 };
        var server = await RpcServer.StartAsync($"memory://{name}", services => services.Add<IFuzzed>(service, new RpcServiceOptions { Queue = RequestQueue }), options);
        var reader = new RequestReader(options);
        for (var i = 0; i < Messages; i++)
        {
            var request = requests.Next(out var calls);
            var properties = reader.Read(request.Properties, redelivered: random.Next(20) == 0, request.Body.Length);
            foreach (var call in calls)
            {
                ledger.Expect(properties.ReplyTo!, requests.IdOf(call), mayExpire: false);
            }

            // A broken one that can be read after all is answered call by call; one that cannot, by a reply of its own.
            if (calls.Count == 0 && HostileBatchRequests.IsUnreadable(properties.AppId, request.Body))
            {
                ledger.Expect(properties.ReplyTo!, properties.CorrelationId.Text, mayExpire: false);
            }

            broker.Publish(RequestQueue, new MemoryMessage(properties, request.Body) { Published = TimeProvider.System.GetTimestamp() });
        }

        var late = await Record.ExceptionAsync(() => Poll.UntilAsync(() => ledger.Missing == 0, "all are answered"));
        Assert.True(late is null, $"Seed {FuzzSeed.Value}: {ledger.Missing} replies are missing, {string.Join("; ", ledger.Wrong())}");
        await using (var client = await RpcClient.ConnectAsync($"memory://{name}"))
        {
            var fuzzed = client.Create<IFuzzed>(new RpcRoute { Queue = RequestQueue });
            Assert.Equal("one two", string.Join(" ", await Task.WhenAll(fuzzed.Echo("one"), fuzzed.Echo("two")).WithinDeadlineAsync()));
        }

        await server.DisposeAsync();
        Assert.Empty(ledger.Wrong());
        Assert.Equal(0, broker.Query(RequestQueue)!.Messages);
        Assert.True(service.Entered > Messages / 2, $"only {service.Entered} calls came through to the service");
        broker.Detach();
    }
}
