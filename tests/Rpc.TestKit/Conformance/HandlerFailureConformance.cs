using System.Text.RegularExpressions;
using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>A handler fails in a way that it did not mean to.</summary>
public abstract partial class HandlerFailureConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    private const int HandlerFailed = 200;

    [Fact]
    public async Task Bug_is_told_by_an_id_that_the_log_has_too()
    {
        using var log = new LogRecorder();
        await ServeAsync<IProbe>(
            new ProbeService(static async (_, _) =>
            {
                await Task.Yield();
                throw new InvalidOperationException("the password is swordfish");
            }),
            new RpcServerOptions { LoggerFactory = log });
        var probe = await ConnectAsync<IProbe>();

        var failure = await FailsAsync(probe.Ask(""), RpcStatus.Internal, RpcReason.Handler, mayHaveRun: true);

        Assert.DoesNotContain("swordfish", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(nameof(InvalidOperationException), failure.ToString(), StringComparison.Ordinal);
        var id = ErrorId().Match(failure.Message);
        Assert.True(id.Success, failure.Message);
        var (text, exception) = Assert.Single(log.Lines(HandlerFailed));
        Assert.Contains(id.Groups[1].Value, text, StringComparison.Ordinal);
        Assert.Equal("the password is swordfish", Assert.IsType<InvalidOperationException>(exception).Message);
    }

    [Fact]
    public async Task Bug_is_told_in_full_where_the_option_says_so()
    {
        await ServeAsync<IProbe>(
            new ProbeService(static (_, _) => Task.FromException<string>(new InvalidOperationException("off by one"))), new RpcServerOptions { IncludeExceptionDetails = true });
        var probe = await ConnectAsync<IProbe>();

        var failure = await FailsAsync(probe.Ask(""), RpcStatus.Internal, RpcReason.Handler, mayHaveRun: true);

        Assert.Contains("System.InvalidOperationException: off by one", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handler_that_throws_before_it_returns_a_task_is_no_different()
    {
        var service = new ProbeService(static (question, _) => question.Length == 0 ? throw new ArgumentException("empty") : Task.FromResult(question));
        await ServeAsync<IProbe>(service);
        var probe = await ConnectAsync<IProbe>();

        await FailsAsync(probe.Ask(""), RpcStatus.Internal, RpcReason.Handler, mayHaveRun: true);
        Assert.Equal("next", await probe.Ask("next"));
        Assert.Equal(2, service.Entered);
    }

    [Fact]
    public async Task Handler_that_returns_no_task_is_a_bug_as_well()
    {
        await ServeAsync<IProbe>(new ProbeService(static (_, _) => null!));
        var probe = await ConnectAsync<IProbe>();

        await FailsAsync(probe.Ask(""), RpcStatus.Internal, RpcReason.Handler, mayHaveRun: true);
    }

    [Fact]
    public async Task Cancellation_that_nobody_asked_for_is_a_bug()
    {
        await ServeAsync<IProbe>(new ProbeService(static (_, _) => throw new OperationCanceledException("by itself")));
        var probe = await ConnectAsync<IProbe>();

        await FailsAsync(probe.Ask(""), RpcStatus.Internal, RpcReason.Handler, mayHaveRun: true);
    }

    [Fact]
    public async Task Failure_of_an_inner_call_names_the_inner_service_and_its_status()
    {
        var innerQueue = NewQueue();
        await ServeAsync<IShapes>(new RefusingShapes(), serviceOptions: new RpcServiceOptions { Queue = innerQueue });
        var inner = Proxy<IShapes>(await ConnectAsync(), innerQueue);
        await ServeAsync<IProbe>(new ProbeService(async (_, _) => await inner.Last()));
        var probe = await ConnectAsync<IProbe>();

        var failure = await FailsAsync(probe.Ask(""), RpcStatus.Internal, RpcReason.Upstream, mayHaveRun: true);

        Assert.Contains("Rpc.TestKit.Contracts.IShapes", failure.Message, StringComparison.Ordinal);
        Assert.Contains("NotFound", failure.Message, StringComparison.Ordinal);
        Assert.Equal(IProbe.WireName, failure.Service);
    }

    [Fact]
    public async Task Null_result_is_a_result()
    {
        await ServeAsync<IProbe>(new ProbeService());
        var probe = await ConnectAsync<IProbe>();

        Assert.Null(await probe.Find(""));
        Assert.Equal("key", await probe.Find("key"));
    }

    [GeneratedRegex("error id ([0-9a-f]{12})")]
    private static partial Regex ErrorId();
}
