using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>Arguments and results that cannot be written, or are too large. Each is told at once, and the next call works.</summary>
public abstract class SizeAndFormatConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    [Fact]
    public async Task Result_that_cannot_be_written()
    {
        await ServeAsync<IPayloads>(new EndlessPayloads());
        var payloads = await ConnectAsync<IPayloads>();

        var failure = await FailsAsync(payloads.EchoLoop(null), RpcStatus.Internal, RpcReason.Result, mayHaveRun: true);

        Assert.Contains("cycle", failure.Message, StringComparison.Ordinal);
        Assert.Equal(default, await payloads.EchoPoint(default));
    }

    [Fact]
    public async Task Result_that_is_too_large()
    {
        var service = new ProbeService(static (question, _) => Task.FromResult(new string('x', int.Parse(question, null))));
        await ServeAsync<IProbe>(service, new RpcServerOptions { MaxReplySize = 1000 });
        var probe = await ConnectAsync<IProbe>();

        var failure = await FailsAsync(probe.Ask("999"), RpcStatus.Internal, RpcReason.Result, mayHaveRun: true);

        Assert.Contains("1000", failure.Message, StringComparison.Ordinal);
        Assert.Equal(998, (await probe.Ask("998")).Length); // and two quotes: the limit itself fits
        Assert.Equal(2, service.Entered);
    }

    [Fact]
    public async Task Reply_that_is_too_large_for_the_client()
    {
        await ServeAsync<IProbe>(new ProbeService(static (question, _) => Task.FromResult(new string('x', int.Parse(question, null)))));
        var probe = await ConnectAsync<IProbe>(new RpcClientOptions { MaxReplySize = 1000 });

        var failure = await FailsAsync(probe.Ask("999"), RpcStatus.Internal, RpcReason.BadReply, mayHaveRun: true);

        Assert.Contains("1001", failure.Message, StringComparison.Ordinal);
        Assert.Equal(998, (await probe.Ask("998")).Length);
    }

    [Fact]
    public async Task Request_that_is_too_large_is_not_sent()
    {
        var service = new ProbeService();
        await ServeAsync<IProbe>(service);
        var client = await ConnectAsync(new RpcClientOptions { MaxRequestSize = 1000 });
        var probe = Proxy<IProbe>(client);

        var failure = await FailsAsync(probe.Ask(new string('x', 1000)), RpcStatus.InvalidArgument, RpcReason.Arguments, mayHaveRun: false);

        Assert.Contains("1000", failure.Message, StringComparison.Ordinal);
        AssertNothingPending(client);
        var fits = new string('x', 1000 - """{"question":""}""".Length);
        Assert.Equal(fits, await probe.Ask(fits));
        Assert.Equal(1, service.Entered);
    }

    [Fact]
    public async Task Request_that_is_too_large_for_the_server_is_refused_unread()
    {
        var service = new ProbeService();
        await ServeAsync<IProbe>(service, new RpcServerOptions { MaxRequestSize = 100 });
        var probe = await ConnectAsync<IProbe>();

        var failure = await FailsAsync(probe.Ask(new string('x', 100)), RpcStatus.InvalidArgument, RpcReason.BadRequest, mayHaveRun: false);

        Assert.Contains("MaxRequestSize", failure.Message, StringComparison.Ordinal);
        Assert.Equal("fits", await probe.Ask("fits"));
        Assert.Equal(1, service.Entered);
    }

    [Fact]
    public async Task Arguments_that_cannot_be_written_are_not_sent()
    {
        var service = new PayloadsService();
        await ServeAsync<IPayloads>(service);
        var client = await ConnectAsync();
        var payloads = Proxy<IPayloads>(client);

        var failure = await FailsAsync(payloads.EchoLoop(Loop.Endless()), RpcStatus.InvalidArgument, RpcReason.Arguments, mayHaveRun: false);

        Assert.Contains("cycle", failure.Message, StringComparison.Ordinal);
        Assert.NotNull(failure.InnerException);
        AssertNothingPending(client);
        Assert.Null(service.Received);
        Assert.Equal(new Point(1, 2), await payloads.EchoPoint(new Point(1, 2)));
    }
}
