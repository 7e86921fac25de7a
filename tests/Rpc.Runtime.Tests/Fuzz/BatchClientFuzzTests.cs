using System.Buffers.Text;
using Rpc.TestKit.Conformance;
using Rpc.TestKit.Fuzz;
using Rpc.Transport;
using Rpc.Transport.Memory;

namespace Rpc.Runtime.Tests.Fuzz;

/// <summary>A client on the embedded broker gets batches of replies, most of them broken.</summary>
public sealed class BatchClientFuzzTests
{
    private const int Calls = 1_000;
    private const int Replies = 10_000;
    private const string Queue = "fuzzed.requests";

    [Fact]
    public async Task Every_call_ends_once_and_none_with_what_was_not_said_of_it()
    {
        var name = $"fuzz-{Guid.NewGuid():N}";
        var broker = MemoryBroker.Attach(name);
        var requests = System.Threading.Channels.Channel.CreateUnbounded<MemoryMessage>();
        broker.Declare(Queue);
        broker.Consume(Queue, prefetch: 0, (_, message) => requests.Writer.TryWrite(message));
        await using var client = await RpcClient.ConnectAsync($"memory://{name}", new RpcClientOptions { Retry = RpcRetryOptions.None, MaxReplySize = 100_000, Timeout = TimeSpan.FromMinutes(2) });
        var fuzzed = client.Create<IFuzzed>(new RpcRoute { Queue = Queue });
        var calls = Enumerable.Range(0, Calls).Select(i => fuzzed.Echo($"{i}")).ToArray();
        List<MemoryMessage> sent = [];
        while (sent.Count < Calls)
        {
            sent.Add(await requests.Reader.ReadAsync().AsTask().Soon());
        }

        var (prefix, numbers) = (client.Calls.Ids.Prefix, sent.Select(static request => Convert.ToInt64(request.Properties.CorrelationId.ToString().Split('.')[^1], 16)).ToArray());
        var (address, nonce) = (sent[0].Properties.ReplyTo!, Base64Url.DecodeFromChars(prefix.AsSpan(0, prefix.Length - 1)));

        // Half of the calls are named by hostile replies; the others must not notice.
        var hostile = new HostileBatchReplies(FuzzSeed.Start(7), nonce, numbers[..(Calls / 2)]);
        var ending = new HashSet<long>();
        for (var i = 0; i < Replies; i++)
        {
            var body = hostile.Next();
            if (HostileBatchReplies.Names(body, nonce, out var named))
            {
                ending.UnionWith(named);
            }

            broker.Publish(address, new MemoryMessage(new RequestProperties { ContentType = RawBatch.ContentTypeOfBatches, AppId = i % 2 == 0 ? "rpc/1" : null }, body));
        }

        foreach (var part in numbers.Chunk(100))
        {
            var genuine = new RawBatch(nonce, [.. part.Select(static number => new RawFrame(number, "\"genuine\""))]);
            broker.Publish(address, new MemoryMessage(new RequestProperties { ContentType = RawBatch.ContentTypeOfBatches, AppId = "rpc/1" }, genuine.ToBytes()));
        }

        var outcomes = await Task.WhenAll(calls.Select(static call => call.ContinueWith(static ended => ended, TaskScheduler.Default))).Soon();
        Assert.All(outcomes, static ended => Assert.True(ended.IsCompletedSuccessfully || ended.Exception!.InnerException is RpcException, $"{ended.Exception}"));
        Assert.All(outcomes.Zip(numbers).Where(call => !ending.Contains(call.Second)), static call => Assert.Equal("genuine", call.First.Result));
        Assert.True(ending.Count(numbers.Contains) > Calls / 4, $"only {ending.Count} calls were ended by hostile replies");
        Assert.Equal((0, 0, 0), (client.Calls.Count, client.Calls.DeadlineCount, client.Calls.WatchedCount));

        var normal = fuzzed.Echo("normal");
        var last = await requests.Reader.ReadAsync().AsTask().Soon();
        broker.Publish(address, new MemoryMessage(new RequestProperties { CorrelationId = last.Properties.CorrelationId }, "\"normal\""u8.ToArray()));
        Assert.Equal("normal", await normal.WithinDeadlineAsync());
        broker.Detach();
    }
}
