using Rpc.TestKit.Conformance;
using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.FaultPoints;

/// <summary>Decoding the request and dispatching it fail.</summary>
public abstract class DispatchFaultConformance(IConformanceBroker broker) : FaultPointTest(broker)
{
    [Fact]
    public async Task Decoding_throws()
    {
        var service = new ProbeService();
        await StartAsync(service);
        AtServer.Reading = static _ => throw new InvalidOperationException("not my language");

        var failure = await FailsAsync(Probe.Ask("q").WithinDeadlineAsync(), RpcStatus.InvalidArgument, RpcReason.BadRequest, mayHaveRun: false);

        Assert.Contains("not my language", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, service.Entered);
        await AssertWholeAsync();
    }

    [Fact]
    public async Task Decoding_throws_and_a_foreign_caller_gets_one_reply()
    {
        await StartAsync(new ProbeService());
        AtServer.Reading = static _ => throw new InvalidOperationException("not my language");

        AssertFault(await OnlyReplyAsync("q"), RpcStatus.InvalidArgument, RpcReason.BadRequest, mayHaveRun: false);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Filter_throws_before_the_method(bool later)
    {
        var service = new ProbeService();
        var broken = true;
        await StartAsync(service, With(async (context, next) =>
        {
            if (broken)
            {
                await Failing.Throw<bool>(later);
            }

            await next(context);
        }));

        await FailsAsync(Probe.Ask("q").WithinDeadlineAsync(), RpcStatus.Internal, RpcReason.Handler, mayHaveRun: false);

        Assert.Equal(0, service.Entered);
        broken = false;
        await AssertWholeAsync();
    }

    [Fact]
    public async Task Filter_throws_without_a_task()
    {
        var service = new ProbeService();
        var broken = true;
        await StartAsync(service, With((context, next) => broken ? throw new InvalidOperationException("at once") : next(context)));

        await FailsAsync(Probe.Ask("q").WithinDeadlineAsync(), RpcStatus.Internal, RpcReason.Handler, mayHaveRun: false);

        Assert.Equal(0, service.Entered);
        broken = false;
        await AssertWholeAsync();
    }

    [Fact]
    public async Task Filter_throws_after_the_method()
    {
        var service = new ProbeService();
        var broken = true;
        await StartAsync(service, With(async (context, next) =>
        {
            await next(context);
            if (broken)
            {
                throw new InvalidOperationException("too late");
            }
        }));

        await FailsAsync(Probe.Ask("q").WithinDeadlineAsync(), RpcStatus.Internal, RpcReason.Handler, mayHaveRun: true);

        Assert.Equal(1, service.Entered);
        broken = false;
        await AssertWholeAsync();
    }

    [Fact]
    public async Task Filter_neither_calls_the_method_nor_refuses()
    {
        var service = new ProbeService();
        var broken = true;
        await StartAsync(service, With((context, next) => broken ? default : next(context)));

        // Its own mistake, and the server knows that nothing ran: an empty reply would make it the caller's "cannot be read", which may have run.
        await FailsAsync(Probe.Ask("q").WithinDeadlineAsync(), RpcStatus.Internal, RpcReason.Handler, mayHaveRun: false);
        Assert.Equal(0, service.Entered);
        broken = false;
        await AssertWholeAsync();
    }

    [Fact]
    public async Task Method_is_not_there()
    {
        var service = new ProbeService();
        await StartAsync(service);
        Replying.Rewrites = static properties => properties with { Type = properties.Type?.Replace("/Ask", "/Beg", StringComparison.Ordinal) };
        Client.SenderOf(Queue).Policy.NotUnderstood(); // a batch names its methods elsewhere

        await FailsAsync(Probe.Ask("q").WithinDeadlineAsync(), RpcStatus.Unimplemented, RpcReason.UnknownMethod, mayHaveRun: false);

        Assert.Equal(0, service.Entered);
        await AssertWholeAsync();
    }

    private static RpcServerOptions With(Func<RpcCallContext, Func<RpcCallContext, ValueTask>, ValueTask> filter)
    {
        var options = new RpcServerOptions();
        options.Filters.Add(new ServerFilter(filter));
        return options;
    }
}
