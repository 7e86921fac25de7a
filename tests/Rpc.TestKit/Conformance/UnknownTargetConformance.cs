using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>A request reaches a server that does not have what it asks for.</summary>
public abstract class UnknownTargetConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    [Fact]
    public async Task Method_of_a_newer_contract_is_unimplemented_and_the_shared_one_works()
    {
        var service = new ProbeService();
        await ServeAsync<IProbe>(service);
        var newer = await ConnectAsync<INewerProbe>();

        var failure = await FailsAsync(newer.Explain("why"), RpcStatus.Unimplemented, RpcReason.UnknownMethod, mayHaveRun: false);

        Assert.Contains("Explain", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, service.Entered);
        Assert.Equal("same", await newer.Ask("same"));
    }

    [Fact]
    public async Task Service_that_the_queue_does_not_serve_is_unimplemented()
    {
        var service = new ProbeService();
        await ServeAsync<IProbe>(service);
        var squares = await ConnectAsync<ISquares>();

        var failure = await FailsAsync(squares.Square(2), RpcStatus.Unimplemented, RpcReason.UnknownService, mayHaveRun: false);

        Assert.Contains("Rpc.TestKit.Contracts.ISquares", failure.Message, StringComparison.Ordinal);
        Assert.Contains(IProbe.WireName, failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, service.Entered);
    }

    [Theory]
    [InlineData("conformance.probe/Shout", "UnknownMethod")]
    [InlineData("conformance.probe/ask", "UnknownMethod")]
    [InlineData("conformance.probe/", "UnknownMethod")]
    [InlineData("conformance.prober/Ask", "UnknownService")]
    [InlineData("conformance.probe/sub/Ask", "UnknownMethod", "UnknownService")]
    [InlineData("/Ask", "UnknownService")]
    public async Task Raw_request_gets_a_fault(string type, params string[] reasons)
    {
        var service = new ProbeService();
        var server = await ServeAsync<IProbe>(service);
        var raw = await RawAsync();

        var reply = await raw.CallAsync(Queue, new RawEnvelope("""{"question":"q"}""") { Type = type, ContentType = "application/json" });

        Assert.True(reply.IsFault);
        Assert.Equal(("Unimplemented", "False"), (reply.Member("status"), reply.Member("mayHaveRun")));
        Assert.Contains(reply.Member("reason"), reasons);
        Assert.Equal(0, service.Entered);
        await server.DisposeAsync();
        await raw.AssertNoMoreRepliesAsync();
    }
}
