using Rpc.TestKit.Conformance;
using Rpc.TestKit.Fuzz;
using Rpc.Transport;
using Rpc.Transport.Memory;
using Rpc.Transport.RabbitMq;

namespace Rpc.Runtime.Tests.Fuzz;

/// <summary>A client on the embedded broker gets replies that no server of ours would send.</summary>
public sealed class ClientFuzzTests
{
    private const int Calls = 1_000;
    private const int Replies = 30_000;
    private const string Queue = "fuzzed.requests";

    [Fact]
    public async Task Every_call_ends_once_and_what_belongs_to_none_is_counted()
    {
        var name = $"fuzz-{Guid.NewGuid():N}";
        var broker = MemoryBroker.Attach(name);
        var requests = new List<MemoryMessage>();
        broker.Declare(Queue);
        broker.Consume(Queue, prefetch: 0, (_, message) =>
        {
            lock (requests)
            {
                requests.Add(message);
            }
        });
        await using var client = await RpcClient.ConnectAsync($"memory://{name}", new RpcClientOptions { Retry = RpcRetryOptions.None, MaxReplySize = 100_000, Timeout = TimeSpan.FromMinutes(2) });
        var fuzzed = client.Create<IFuzzed>(new RpcRoute { Queue = Queue });
        var calls = Enumerable.Range(0, Calls).Select(i => fuzzed.Echo($"{i}")).ToArray();
        await Poll.UntilAsync(() => Count(requests) == Calls, "all requests are there");
        var ids = requests.Select(static request => request.Properties.CorrelationId.ToString()).ToArray();
        var address = requests[0].Properties.ReplyTo!;

        // Half of the calls are named by hostile replies; the others must not notice.
        var hostile = new HostileReplies(FuzzSeed.Start(2), ids[..(Calls / 2)]);
        var (ending, notices) = (new HashSet<string>(), 0);
        for (var i = 0; i < Replies; i++)
        {
            var reply = hostile.Next();
            var properties = reply.Properties;
            var isNotice = HostileReplies.Notices.Contains(properties.ContentType);
            notices += isNotice ? 1 : 0;
            if (!isNotice && properties.CorrelationId is { } id && ids.Contains(id))
            {
                ending.Add(id);
            }

            broker.Publish(address, new MemoryMessage(
                new RequestProperties
                {
                    CorrelationId = properties.CorrelationId,
                    ContentType = properties.ContentType,
                    ContentEncoding = properties.ContentEncoding,
                    AppId = properties.AppId,
                    ReplyTo = properties.ReplyTo,
                    Headers = HeaderTable.Read(properties.Headers),
                },
                reply.Body));
        }

        foreach (var id in ids)
        {
            broker.Publish(address, new MemoryMessage(new RequestProperties { CorrelationId = id, ContentType = "application/json" }, "\"genuine\""u8.ToArray()));
        }

        var outcomes = await Task.WhenAll(calls.Select(static call => call.ContinueWith(static ended => ended, TaskScheduler.Default))).Soon();
        Assert.All(outcomes, static ended => Assert.True(ended.IsCompletedSuccessfully || ended.Exception!.InnerException is RpcException, $"{ended.Exception}"));
        Assert.All(outcomes.Zip(ids).Where(call => !ending.Contains(call.Second)), static call => Assert.Equal("genuine", call.First.Result));
        Assert.True(ending.Count > Calls / 4, $"only {ending.Count} calls were ended by hostile replies");

        // Whatever ended no call belonged to none, or came too late.
        await Poll.UntilAsync(() => client.Calls.Unmatched == Replies - notices, $"all are counted, seed {FuzzSeed.Value}");
        Assert.Equal((0, 0, 0), (client.Calls.Count, client.Calls.DeadlineCount, client.Calls.WatchedCount));

        requests.Clear();
        var normal = fuzzed.Echo("normal");
        await Poll.UntilAsync(() => Count(requests) == 1, "the next request is there");
        broker.Publish(address, new MemoryMessage(new RequestProperties { CorrelationId = requests[0].Properties.CorrelationId }, "\"normal\""u8.ToArray()));
        Assert.Equal("normal", await normal.WithinDeadlineAsync());
        broker.Detach();
    }

    private static int Count(List<MemoryMessage> requests)
    {
        lock (requests)
        {
            return requests.Count;
        }
    }
}
