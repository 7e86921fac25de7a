using System.Text;
using Rpc.Client;
using Rpc.Serialization;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Wire;

/// <summary>The vectors against the real client and the real server, each with a raw side in place of the other.</summary>
public sealed class WireVectorTests
{
    private const string Queue = "rpc.wire.Vectors";

    private readonly string _name = Guid.NewGuid().ToString();

    public static TheoryData<int, string> Calls => new(CallVectors.All.Select(static (vector, i) => (i, $"{vector.Method}({vector.Arguments})")));

    public static TheoryData<int, string> Foreign => new(ForeignVector.All.Select(static (vector, i) => (i, vector.What)));

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Client_SendsTheRequestAndReadsTheReply(int index, string call)
    {
        Assert.NotEmpty(call);
        var vector = CallVectors.All[index];
        await using var server = new RawSide(_name, Queue);
        await using var client = await RpcClient.ConnectAsync("memory://" + _name);

        var result = vector.CallAsync(client.Create<IWireVectors>());
        var request = await server.NextAsync();

        Assert.Equal(vector.Request, Encoding.UTF8.GetString(request.Body));
        var properties = request.Properties;
        Assert.Equal(("wire.Vectors/" + vector.Method, "application/json", "rpc/1"), (properties.Type, properties.ContentType, properties.AppId));
        Assert.Matches("^[A-Za-z0-9_-]{22}\\.[0-9a-f]+$", properties.CorrelationId.Text);
        Assert.Matches("^rpc\\.reply\\.[0-9a-f]{32}$", properties.ReplyTo);
        Assert.InRange(properties.TimeToLive!.Value, 1, 30_000);
        Assert.Null(properties.ContentEncoding);

        server.Send(properties.ReplyTo, new RequestProperties { CorrelationId = properties.CorrelationId }, Encoding.UTF8.GetBytes(vector.Reply));
        Assert.Equal(vector.Result, await result.Soon());
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Server_ReadsTheRequestAndSendsTheReply(int index, string call)
    {
        Assert.NotEmpty(call);
        var vector = CallVectors.All[index];
        await using var server = await StartAsync();
        await using var client = new RawSide(_name, "replies");

        var reply = await client.AskAsync(Queue, new RequestProperties { Type = "wire.Vectors/" + vector.Method }, Encoding.UTF8.GetBytes(vector.Request));

        Assert.Equal(vector.Reply, Encoding.UTF8.GetString(reply.Body));
        Assert.Equal(("any id", "application/json"), (reply.Properties.CorrelationId, reply.Properties.ContentType));
    }

    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task Server_AnswersForeignRequests(int index, string what)
    {
        Assert.NotEmpty(what);
        var vector = ForeignVector.All[index];
        await using var server = await StartAsync();
        await using var client = new RawSide(_name, "replies");

        var properties = vector.Properties with { Type = vector.Type.Length == 0 ? null : vector.Type };
        var reply = await client.AskAsync(Queue, properties, Encoding.UTF8.GetBytes(vector.Request));

        Assert.Equal(vector.Reply, Encoding.UTF8.GetString(reply.Body));
        Assert.Equal(vector.IsFault ? "application/vnd.rpc-fault+json" : "application/json", reply.Properties.ContentType);
    }

    [Fact]
    public async Task Bare_client_SendsJustTheNumberAndReadsJustTheNumber()
    {
        await using var server = new RawSide(_name, "rpc_queue");
        await using var client = await RpcClient.ConnectAsync("memory://" + _name);
        var result = client.Create<IBareFib>().Fib(30);
        var request = await server.NextAsync();

        Assert.Equal("30", Encoding.UTF8.GetString(request.Body));
        var properties = request.Properties;
        Assert.Equal((null, null, null, null), (properties.Type, properties.ContentType, properties.AppId, properties.ContentEncoding));
        server.Send(properties.ReplyTo, new RequestProperties { CorrelationId = properties.CorrelationId, ContentType = "text/plain" }, "832040"u8.ToArray());
        Assert.Equal(832_040, await result.Soon());
    }

    [Fact]
    public async Task Bare_server_ReadsJustTheNumberAndSendsJustTheNumber()
    {
        await using var server = await RpcServer.StartAsync("memory://" + _name, static services => services.Add<IBareFib>(new BareFib()));
        await using var client = new RawSide(_name, "replies");

        var reply = await client.AskAsync("rpc_queue", new RequestProperties { ContentType = "text/plain", Type = "anything" }, "30"u8.ToArray());
        Assert.Equal(("60", null), (Encoding.UTF8.GetString(reply.Body), reply.Properties.ContentType));

        var again = await client.AskAsync("rpc_queue", new RequestProperties { Redelivered = true }, " 1\n"u8.ToArray());
        Assert.Equal("2", Encoding.UTF8.GetString(again.Body));

        var refusal = await client.AskAsync("rpc_queue", new RequestProperties(), "thirty"u8.ToArray());
        Assert.Equal("application/vnd.rpc-fault+json", refusal.Properties.ContentType);
        Assert.StartsWith("{\"status\":\"InvalidArgument\",\"reason\":\"BadRequest\",\"mayHaveRun\":false,", Encoding.UTF8.GetString(refusal.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_way_client_AsksForNoReplyAndSetsNoTimeToLive()
    {
        await using var server = new RawSide(_name, "rpc.wire.OneWay");
        await using var client = await RpcClient.ConnectAsync("memory://" + _name);
        var method = new RpcMethod<int[], RpcVoid>("wire.OneWay", "Tell") { OneWay = true };
        await new RpcInvoker(client, new RpcRoute(), JsonRpcSerializer.Create(null, []), new RpcCallOptions()).InvokeAsync(method, [1, 2], default).Soon();

        var request = await server.NextAsync();
        Assert.Equal("[1,2]", Encoding.UTF8.GetString(request.Body));
        var properties = request.Properties;
        Assert.Equal((null, null), (properties.ReplyTo, properties.TimeToLive));
        Assert.Equal(("wire.OneWay/Tell", "application/json", "rpc/1"), (properties.Type, properties.ContentType, properties.AppId));
        Assert.False(properties.CorrelationId.IsNone);
    }

    private Task<RpcServer> StartAsync() => RpcServer.StartAsync("memory://" + _name, static services => services.Add<IWireVectors>(new WireVectorService()));

    private sealed class BareFib : IBareFib
    {
        public Task<long> Fib(int n) => Task.FromResult(2L * n); // the numbers of the example are the other side's here
    }
}
