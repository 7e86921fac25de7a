using RabbitMQ.Client;
using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;
using Rpc.TestKit.Fuzz;
using Rpc.TestKit.Raw;

namespace Rpc.Integration.Tests.Fuzz;

/// <summary>A client on RabbitMQ gets replies that no server of ours would send.</summary>
public sealed class ClientFuzzTests(BrokerFixture fixture)
{
    private const int Calls = 200;
    private const int Replies = 5_000;

    [Fact]
    public async Task Every_call_ends_once_and_the_connection_lives()
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
        var requests = new List<RawMessage>();
        while (requests.Count < Calls)
        {
            requests.Add(await consumer.NextAsync());
        }

        var hostile = new HostileReplies(FuzzSeed.Start(4), [.. requests.Take(Calls / 2).Select(static request => request.Properties.CorrelationId!)]);
        for (var i = 0; i < Replies; i++)
        {
            var reply = hostile.Next();
            await peer.PublishAsync(requests[0].Properties.ReplyTo!, reply.Body, reply.Properties);
        }

        foreach (var request in requests)
        {
            await peer.PublishAsync(request.Properties.ReplyTo!, "\"genuine\"", new BasicProperties { CorrelationId = request.Properties.CorrelationId });
        }

        var outcomes = await Task.WhenAll(calls.Select(static call => call.ContinueWith(static ended => ended, TaskScheduler.Default))).WithinDeadlineAsync();
        Assert.All(outcomes, static ended => Assert.True(ended.IsCompletedSuccessfully || ended.Exception!.InnerException is RpcException, $"{ended.Exception}"));
        var byText = requests.Skip(Calls / 2).Select(static request => int.Parse(request.Text[9..^2], System.Globalization.CultureInfo.InvariantCulture));
        Assert.All(byText, i => Assert.Equal("genuine", outcomes[i].Result)); // those whose ids no hostile reply had
        Assert.Equal((0, 0, 0), (client.Calls.Count, client.Calls.DeadlineCount, client.Calls.WatchedCount));

        var normal = fuzzed.Echo("normal");
        await peer.ReplyAsync(await consumer.NextAsync(), "\"normal\"");
        Assert.Equal("normal", await normal.WithinDeadlineAsync());
        Assert.True(client.Health.IsHealthy, client.Health.ToString());
        Assert.Empty(log.Lines(303));
        await peer.DeleteAsync(queue);
    }
}
