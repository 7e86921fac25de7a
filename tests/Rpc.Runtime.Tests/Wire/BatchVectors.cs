using Microsoft.Extensions.Time.Testing;
using Rpc.Calls;
using Rpc.TestKit.Conformance;
using Rpc.Transport;
using Rpc.Transport.Memory;

namespace Rpc.Runtime.Tests.Wire;

/// <summary>Batches as a client and a server of ours make them, to the byte, written as docs/wire-format.md has them.</summary>
internal static class BatchVectors
{
    private const string Queue = "rpc.wire.Vectors";
    private static readonly byte[] s_nonce = [.. Enumerable.Range(0, 16).Select(static i => (byte)i)];
    private static readonly FakeTimeProvider s_time = new(new DateTimeOffset(2024, 2, 29, 12, 0, 0, TimeSpan.Zero));

    public static async Task<IReadOnlyList<string>> RowsAsync()
    {
        var requests = await RequestsAsync();
        return
        [
            "| message | `type` | `app_id` | `correlation_id` | body |",
            "|---|---|---|---|---|",
            Row("two requests", requests),
            Row("reply to the first", await ReplyAsync(new RawFrame(1, "Add", """{"left":2,"right":40}""") { Time = 30_000 })),
            Row("reply to a call of a method that the server has not", await ReplyAsync(new RawFrame(3, "add", "{}") { Time = 30_000 })),
        ];
    }

    private static async Task<MemoryMessage> RequestsAsync()
    {
        var name = Guid.NewGuid().ToString();
        await using var server = new RawSide(name, Queue);
        await using var client = await RpcClient.ConnectAsync("memory://" + name, new RpcClientOptions { TimeProvider = s_time });
        var policy = client.SenderOf(Queue).Policy;
        policy.Understood();
        policy.Grow(new SentBatch(0, link: null!) { Calls = 1 });
        Assert.All(RpcContract<IWireVectors>.Get().Methods, method => policy.CostOf(method).Took(1));

        // Both wait while the broker reads nothing.
        var broker = MemoryBroker.Get(name);
        broker.Block();
        var vectors = client.Create<IWireVectors>();
        _ = vectors.Add(2, 40);
        _ = vectors.With(new RpcCallOptions { Timeout = TimeSpan.FromMilliseconds(500), Headers = new RpcHeaders { { "tenant", "blue" } } }).Search(null, 7);
        broker.Unblock();
        return await server.NextAsync();
    }

    private static async Task<MemoryMessage> ReplyAsync(RawFrame frame)
    {
        var name = Guid.NewGuid().ToString();
        await using var server = await RpcServer.StartAsync(
            "memory://" + name, static services => services.Add<IWireVectors>(new WireVectorService()), new RpcServerOptions { TimeProvider = s_time });
        await using var client = new RawSide(name, "replies");
        return await client.AskAsync(
            Queue,
            new RequestProperties { Type = "wire.Vectors", ContentType = RawBatch.ContentTypeOfBatches, AppId = "rpc/1" },
            new RawBatch(s_nonce, frame) { SentAt = s_time.GetUtcNow().ToUnixTimeMilliseconds() }.ToBytes());
    }

    private static string Row(string what, MemoryMessage message)
    {
        var properties = message.Properties;
        Assert.Equal(RawBatch.ContentTypeOfBatches, properties.ContentType);
        var batch = RawBatch.Read(message.Body);
        var body = message.Body.ToArray();
        Assert.Equal((batch with { }).ToBytes(), body); // the tests' own writing of it says the same
        var id = properties.CorrelationId.Text?.Replace(batch.Prefix, "N.", StringComparison.Ordinal);
        s_nonce.CopyTo(body, 1);
        return $"| {what} | {Code(properties.Type)} | {Code(properties.AppId)} | {Code(id)} | `{Convert.ToHexStringLower(body)}` |";
    }

    private static string Code(string? text) => text is null ? "–" : $"`{text}`";
}
