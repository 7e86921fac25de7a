using System.Text;
using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>Requests that cannot be read: each gets exactly one fault, no handler is entered, and the next request is served.</summary>
public abstract class BadRequestConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    private const string Ask = IProbe.WireName + "/Ask";
    private const string Count = IProbe.WireName + "/Count";
    private const string Json = "application/json";

    [Theory]
    [InlineData("broken JSON", Ask, """{"question":""", "")]
    [InlineData("more than JSON", Ask, """{"question":"q"} and more""", "")]
    [InlineData("no body", Ask, "", "")]
    [InlineData("an array", Ask, """["q"]""", "object")]
    [InlineData("a bare value", Ask, "\"q\"", "object")]
    [InlineData("null for all", Ask, "null", "")]
    [InlineData("an argument of another type", Count, """{"from":"1","unit":"m"}""", "")]
    [InlineData("a number that does not fit", Count, """{"from":99999999999,"unit":"m"}""", "")]
    [InlineData("a missing argument", Count, """{"from":1}""", "'unit'")]
    [InlineData("no arguments", Count, "{}", "'from'")]
    [InlineData("a name in another case", Ask, """{"Question":"q"}""", "'question'")]
    [InlineData("null for text", Ask, """{"question":null}""", "'question'")]
    [InlineData("null for a number", Count, """{"from":null,"unit":"m"}""", "'from'")]
    public async Task Body(string what, string type, string body, string named)
    {
        var fault = await RefusedAsync(what, new RawEnvelope(body) { Type = type, ContentType = Json });
        Assert.Contains(named, fault.Member("message"), StringComparison.Ordinal);
    }

    [Fact]
    public Task Text_that_is_not_UTF8() =>
        RefusedAsync("bytes", new RawEnvelope((byte[])[.. "{\"question\":\""u8, 0xff, 0xfe, .. "\"}"u8]) { Type = Ask, ContentType = Json });

    [Fact]
    public Task Value_that_is_nested_without_end() => RefusedAsync(
        "depth", new RawEnvelope(Encoding.UTF8.GetBytes($$"""{"more":{{new string('[', 100_000)}}""")) { Type = Ask, ContentType = Json });

    [Fact]
    public async Task Wrong_content_type()
    {
        var fault = await RefusedAsync("XML", new RawEnvelope("""{"question":"q"}""") { Type = Ask, ContentType = "text/xml" });
        Assert.Contains("text/xml", fault.Member("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_content_encoding()
    {
        var fault = await RefusedAsync("gzip", new RawEnvelope("""{"question":"q"}""") { Type = Ask, ContentType = Json, ContentEncoding = "gzip" });
        Assert.Contains("gzip", fault.Member("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Ask")]
    public async Task No_type_that_names_a_method(string? type)
    {
        var fault = await RefusedAsync("type", new RawEnvelope("""{"question":"q"}""") { Type = type, ContentType = Json });
        Assert.Contains(IProbe.WireName + "/", fault.Member("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Time_to_live_of_zero_is_no_deadline_once_the_request_has_come()
    {
        await ServeAsync<IProbe>(new ProbeService());

        var reply = await (await RawAsync()).CallAsync(Queue, new RawEnvelope("""{"question":"q"}""") { Type = Ask, ContentType = Json, TimeToLive = 0 });

        Assert.Equal("\"q\"", reply.Text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON")]
    public async Task Content_type_that_means_JSON_is_taken(string? contentType)
    {
        await ServeAsync<IProbe>(new ProbeService());

        var reply = await (await RawAsync()).CallAsync(Queue, new RawEnvelope("""{"question":"q"}""") { Type = Ask, ContentType = contentType });

        Assert.Equal((Json, "\"q\""), (reply.ContentType, reply.Text));
    }

    private async Task<RawEnvelope> RefusedAsync(string what, RawEnvelope request)
    {
        var service = new ProbeService();
        var server = await ServeAsync<IProbe>(service);
        var raw = await RawAsync();

        var fault = await raw.CallAsync(Queue, request);
        Assert.True(fault.IsFault, $"{what}: {fault.Text}");
        Assert.Equal(("InvalidArgument", "BadRequest", "False"), (fault.Member("status"), fault.Member("reason"), fault.Member("mayHaveRun")));
        Assert.Equal(0, service.Entered);

        var next = await raw.CallAsync(Queue, new RawEnvelope("""{"question":"next"}""") { Type = Ask, ContentType = Json });
        Assert.Equal("\"next\"", next.Text);
        Assert.Equal(1, service.Entered);
        await server.DisposeAsync();
        await raw.AssertNoMoreRepliesAsync();
        Assert.Empty(await raw.TakeAllAsync(Queue));
        return fault;
    }
}
