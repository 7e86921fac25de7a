using System.Collections.Concurrent;
using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>Requests that say where the reply goes in ways that no client of ours does.</summary>
public abstract class ReplyAddressConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    private static readonly RawEnvelope s_request = new("""{"question":"q"}""") { Type = IProbe.WireName + "/Ask", ContentType = "application/json" };

    [Fact]
    public async Task Request_without_address_runs_and_is_settled()
    {
        var asked = new ConcurrentQueue<string>();
        var server = await ServeAsync<IProbe>(
            new ProbeService((question, _) =>
            {
                asked.Enqueue(question);
                return Task.FromResult(question);
            }),
            serviceOptions: new RpcServiceOptions { MaxConcurrency = 1 });
        var raw = await RawAsync();

        await raw.PublishAsync(Queue, s_request with { CorrelationId = "1" });
        await raw.PublishAsync(Queue, s_request with { CorrelationId = "2", Body = new RawEnvelope("broken").Body });
        Assert.Equal("\"q\"", (await raw.CallAsync(Queue, s_request)).Text);

        Assert.Equal(["q", "q"], asked);
        await server.DisposeAsync();
        Assert.Empty(await raw.TakeAllAsync(Queue));
        await raw.AssertNoMoreRepliesAsync();
    }

    [Theory]
    [InlineData("no.such.queue")]
    [InlineData("amq.rabbitmq.reply-to.x")]
    [InlineData("amq.rabbitmq.reply-to.AAAA.BBBB")]
    [InlineData("amq.rabbitmq.reply-to.g2dkABBhQGI.c2VjcmV0")]
    [InlineData("amq.rabbitmq.reply-to..")]
    [InlineData("amq.rabbitmq.other")]
    [InlineData("amq.direct")]
    [InlineData(" ")]
    [InlineData("line\nbreak\0and nothing")]
    [InlineData("ünïcödé 😀")]
    public async Task Hostile_address_does_no_harm(string address)
    {
        var service = new ProbeService();
        var server = await ServeAsync<IProbe>(service, serviceOptions: new RpcServiceOptions { MaxConcurrency = 1 });
        var probe = await ConnectAsync<IProbe>();
        var raw = await RawAsync();

        await raw.PublishAsync(Queue, s_request with { ReplyTo = address, CorrelationId = "x" });
        Assert.Equal("\"q\"", (await raw.CallAsync(Queue, s_request)).Text);

        Assert.Equal("next", await probe.Ask("next"));
        Assert.Equal(3, service.Entered);
        await server.DisposeAsync();
        Assert.Empty(await raw.TakeAllAsync(Queue));
    }

    [Fact]
    public async Task Longest_address_does_no_harm()
    {
        await Hostile_address_does_no_harm(new string('a', 255));
    }

    [Fact]
    public async Task Reply_that_is_sent_to_the_request_queue_itself_goes_round_once()
    {
        var service = new ProbeService();
        var server = await ServeAsync<IProbe>(service, serviceOptions: new RpcServiceOptions { MaxConcurrency = 1 });
        var raw = await RawAsync();

        await raw.PublishAsync(Queue, s_request with { ReplyTo = Queue, CorrelationId = "x" });
        await raw.CallAsync(Queue, s_request);
        Assert.Equal("\"q\"", (await raw.CallAsync(Queue, s_request)).Text);

        Assert.Equal(3, service.Entered);
        await server.DisposeAsync();
        Assert.Empty(await raw.TakeAllAsync(Queue));
    }

    [Fact]
    public async Task Correlation_id_comes_back_as_it_was_or_not_at_all()
    {
        await ServeAsync<IProbe>(new ProbeService());
        var raw = await RawAsync();

        foreach (var id in (string?[])["", "ünïcödé 😀", new string('i', 255), null])
        {
            await raw.PublishAsync(Queue, s_request with { ReplyTo = raw.ReplyQueue, CorrelationId = id });
            Assert.Equal(id, (await raw.NextReplyAsync()).CorrelationId);
        }
    }
}
