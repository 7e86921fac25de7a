using Rpc.TestKit.Formats;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>Another format than JSON, behind the public seam.</summary>
public abstract class SerializerConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    private const string Protobuf = "application/x-protobuf";
    private const string Json = "application/json";

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // a client that has not been given the new format yet
    public async Task Calls_travel_in_the_callers_format(bool protobuf)
    {
        await ServeAsync<ILedger>(new Ledger(), new RpcServerOptions { Serializer = new ProtobufSerializer() });
        var ledger = await ConnectAsync<ILedger>(new RpcClientOptions { Serializer = protobuf ? new ProtobufSerializer() : null });

        Assert.Equal(new Entry { Id = 7, Amount = 3.75m, Text = "a,b" }, await ledger.Book(new Entry { Id = 7, Amount = 2.5m }, 1.5m, ["a", "b"]));
        Assert.Equal(6, await ledger.Count(5, Guid.NewGuid()));
        Assert.Equal(0, await ledger.Count(0, Guid.Empty));
        Assert.Equal(new Entry(), await ledger.Empty()); // in Protocol Buffers no bytes at all
        var refusal = await FailsAsync(ledger.Refuse(new Entry { Id = 1, Text = "t" }), RpcStatus.FailedPrecondition, RpcReason.None, mayHaveRun: true);
        Assert.Equal(("closed", new Entry { Id = 2, Text = "t" }), (refusal.Message, refusal.GetDetail<Entry>()));
        Assert.Throws<FormatException>(() => refusal.GetDetail<Guid[]>());
    }

    [Fact]
    public async Task Wire_says_which_format_a_message_has()
    {
        await ServeAsync<ILedger>(new Ledger(), new RpcServerOptions { Serializer = new ProtobufSerializer() });
        var raw = await RawAsync();
        var type = LedgerRpc.Count.Type;

        var binary = await raw.CallAsync(Queue, new RawEnvelope((byte[])[0x08, 0x05]) { Type = type, ContentType = Protobuf });
        var unnamed = await raw.CallAsync(Queue, new RawEnvelope((byte[])[0x08, 0x05]) { Type = type });
        var text = await raw.CallAsync(Queue, new RawEnvelope($$"""{"from":5,"by":"{{Guid.Empty}}"}""") { Type = type, ContentType = "application/json; charset=utf-8" });

        Assert.Equal((Protobuf, "0805"), (binary.ContentType, Convert.ToHexString(binary.Body.Span)));
        Assert.Equal((Protobuf, "0805"), (unnamed.ContentType, Convert.ToHexString(unnamed.Body.Span)));
        Assert.Equal((Json, "5"), (text.ContentType, text.Text));
    }

    [Fact]
    public async Task Clients_requests_say_their_format()
    {
        var (raw, reader) = await ServeByHandAsync();
        var ledger = await ConnectAsync<ILedger>(new RpcClientOptions { Serializer = new ProtobufSerializer() });
        var call = ledger.Empty();
        var request = await reader.NextAsync();
        Assert.Equal((Protobuf, 0), (request.ContentType, request.Body.Length));

        // A reply in another format is not guessed at.
        await raw.ReplyAsync(request, "{}", Json);
        await reader.SettleAsync();

        var failure = await FailsAsync(call, RpcStatus.Internal, RpcReason.BadReply, mayHaveRun: true);
        Assert.Contains(Json, failure.Message, StringComparison.Ordinal);
        Assert.Contains(Protobuf, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Format_that_the_server_does_not_know_is_refused()
    {
        var service = new Ledger();
        await ServeAsync<ILedger>(service);
        var ledger = await ConnectAsync<ILedger>(new RpcClientOptions { Serializer = new ProtobufSerializer() });

        var failure = await FailsAsync(ledger.Count(1, default), RpcStatus.InvalidArgument, RpcReason.BadRequest, mayHaveRun: false);

        Assert.Contains($"'{Protobuf}'", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"'{Json}'", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, service.Entered);
    }

    [Fact]
    public async Task Third_format_is_refused_with_the_two_that_are_known()
    {
        var service = new Ledger();
        await ServeAsync<ILedger>(service, new RpcServerOptions { Serializer = new ProtobufSerializer() });

        var fault = await (await RawAsync()).CallAsync(Queue, new RawEnvelope("<x/>") { Type = LedgerRpc.Count.Type, ContentType = "text/xml" });

        Assert.Equal(("InvalidArgument", "BadRequest", "False"), (fault.Member("status"), fault.Member("reason"), fault.Member("mayHaveRun")));
        Assert.Contains($"'{Protobuf}' and '{Json}'", fault.Member("message"), StringComparison.Ordinal);
        Assert.Equal(0, service.Entered);
    }

    [Theory]
    [InlineData("FFFFFFFFFF")]
    [InlineData("0A")]
    public async Task Bytes_that_are_not_of_their_format_are_refused(string body)
    {
        var service = new Ledger();
        await ServeAsync<ILedger>(service, new RpcServerOptions { Serializer = new ProtobufSerializer() });
        var raw = await RawAsync();

        var fault = await raw.CallAsync(Queue, new RawEnvelope(Convert.FromHexString(body)) { Type = LedgerRpc.Count.Type, ContentType = Protobuf });

        Assert.Equal(("BadRequest", "False"), (fault.Member("reason"), fault.Member("mayHaveRun")));
        Assert.Equal(0, service.Entered);
    }

    [Fact]
    public async Task Bare_calls_have_the_bytes_of_the_servers_format()
    {
        await RawAsync();
        await ServeAsync<IBareCounter>(new Ledger(), new RpcServerOptions { Serializer = new ProtobufSerializer() });
        var counter = await ConnectAsync<IBareCounter>(new RpcClientOptions { Serializer = new ProtobufSerializer() });

        Assert.Equal(6, await counter.Next(5));
        var refusal = await FailsAsync(counter.Next(-1), RpcStatus.OutOfRange, RpcReason.None, mayHaveRun: true);
        Assert.Equal(new Entry { Id = -1 }, refusal.GetDetail<Entry>());
    }
}
