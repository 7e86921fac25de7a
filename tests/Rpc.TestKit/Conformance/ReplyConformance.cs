using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>Replies that a server of ours would not send, from one written by hand.</summary>
public abstract class ReplyConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    [Fact]
    public async Task Reply_that_names_no_call_is_dropped_and_counted()
    {
        var (raw, reader, client, probe) = await StartAsync();
        var call = probe.Ask("q");
        var request = await reader.NextAsync();
        Assert.NotNull(request.CorrelationId);

        foreach (var id in (string?[])[null, "", "unknown", request.CorrelationId + "0", request.CorrelationId[..^1], $"{Guid.NewGuid()}.1", request.CorrelationId + " "])
        {
            await raw.PublishAsync(request.ReplyTo!, new RawEnvelope("\"wrong\"") { CorrelationId = id });
        }

        await raw.ReplyAsync(request, "\"right\"");
        await raw.ReplyAsync(request, "\"again\"");

        Assert.Equal("right", await call);
        await Eventually.IsTrueAsync(() => client.Calls.Unmatched == 8, "seven replies without a call and one that came twice");
        AssertNothingPending(client);
        var next = probe.Ask("next");
        await raw.ReplyAsync(await reader.NextAsync(), "\"works\"");
        Assert.Equal("works", await next);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("", "application/json")]
    [InlineData("\"cut", "application/json")]
    [InlineData("30", "application/json")]
    [InlineData("\"text\"", "text/plain")]
    [InlineData("not a fault", RawEnvelope.FaultContentType)]
    [InlineData("{}", RawEnvelope.FaultContentType)]
    public async Task Reply_that_cannot_be_read_is_told(string body, string? contentType)
    {
        var (raw, reader, client, probe) = await StartAsync();
        var call = probe.Ask("q");

        await raw.ReplyAsync(await reader.NextAsync(), body, contentType);

        await FailsAsync(call, RpcStatus.Internal, RpcReason.BadReply, mayHaveRun: true);
        AssertNothingPending(client);
    }

    [Theory]
    [InlineData("""{"status":"NotFound"}""", RpcStatus.NotFound, RpcReason.None, true)]
    [InlineData("""{"status":"NotFound","mayHaveRun":false,"reason":"UnheardOf","more":[1]}""", RpcStatus.NotFound, RpcReason.Other, false)]
    [InlineData("""{"status":"UnheardOf","mayHaveRun":false}""", RpcStatus.Unknown, RpcReason.None, false)]
    [InlineData("""{"status":"Ok","mayHaveRun":"no"}""", RpcStatus.Unknown, RpcReason.None, true)]
    [InlineData("""{"status":5,"reason":6,"message":7}""", RpcStatus.Unknown, RpcReason.Other, true)]
    public async Task Fault_of_another_version_is_told_as_far_as_it_is_known(string body, RpcStatus status, RpcReason reason, bool mayHaveRun)
    {
        var (raw, reader, _, probe) = await StartAsync();
        var call = probe.Ask("q");

        await raw.ReplyAsync(await reader.NextAsync(), body, RawEnvelope.FaultContentType);

        await FailsAsync(call, status, reason, mayHaveRun);
    }

    [Fact]
    public async Task Request_says_what_the_wire_format_asks_for()
    {
        var (raw, reader, _, probe) = await StartAsync();
        var call = probe.AskBriefly("q");
        var request = await reader.NextAsync();
        await raw.ReplyAsync(request, "\"a\"", "application/json");

        Assert.Equal("a", await call);
        Assert.Equal((IProbe.WireName + "/AskBriefly", "application/json", """{"question":"q"}"""), (request.Type, request.ContentType, request.Text));
        Assert.InRange(request.TimeToLive!.Value, 1, 100_000);
        Assert.StartsWith("rpc.reply.", request.ReplyTo, StringComparison.Ordinal);
        Assert.Null(request.ContentEncoding);
    }

    [Fact]
    public async Task Void_call_completes_with_an_empty_reply()
    {
        var (raw, reader, _, probe) = await StartAsync();
        var call = probe.Tell("line");

        await raw.ReplyAsync(await reader.NextAsync(), "");

        await call;
    }

    private async Task<(IRawSide Raw, IRawReader Reader, RpcClient Client, IProbe Probe)> StartAsync()
    {
        var raw = await RawAsync();
        await raw.DeclareAsync(Queue);
        var reader = Keep(await raw.ReadAsync(Queue));
        var client = await ConnectAsync();
        return (raw, reader, client, Proxy<IProbe>(client));
    }
}
