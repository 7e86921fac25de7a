using Rpc.TestKit.Conformance;
using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.FaultPoints;

/// <summary>The service's method fails, in all the ways that code can.</summary>
public abstract class HandlerFaultConformance(IConformanceBroker broker) : FaultPointTest(broker)
{
    [Theory]
    [InlineData("at once")]
    [InlineData("later")]
    [InlineData("no task")]
    [InlineData("cancelled by itself")]
    [InlineData("cancelled task")]
    public async Task Handler_fails(string how)
    {
        var service = new ProbeService(FailAsync);
        await StartAsync(service);

        await FailsAsync(Probe.Ask(how).WithinDeadlineAsync(), RpcStatus.Internal, RpcReason.Handler, mayHaveRun: true);

        Assert.Equal(1, service.Entered);
        await AssertWholeAsync();
    }

    [Theory]
    [InlineData("at once")]
    [InlineData("later")]
    [InlineData("no task")]
    public async Task Handler_fails_and_a_foreign_caller_gets_one_reply(string how)
    {
        await StartAsync(new ProbeService(FailAsync));

        AssertFault(await OnlyReplyAsync(how), RpcStatus.Internal, RpcReason.Handler, mayHaveRun: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Handlers_exception_cannot_be_put_into_words(bool details)
    {
        await StartAsync(new ProbeService(FailAsync), new RpcServerOptions { IncludeExceptionDetails = details });

        await FailsAsync(Probe.Ask("unspeakable").WithinDeadlineAsync(), RpcStatus.Internal, RpcReason.Handler, mayHaveRun: true);

        await AssertWholeAsync();
    }

    [Fact]
    public async Task Log_throws_while_a_failure_is_logged()
    {
        using var log = new ThrowingLog();
        await StartAsync(new ProbeService(FailAsync), new RpcServerOptions { LoggerFactory = log });

        await FailsAsync(Probe.Ask("later").WithinDeadlineAsync(), RpcStatus.Internal, RpcReason.Handler, mayHaveRun: true);

        await AssertWholeAsync();
    }

    [Fact]
    public async Task Handler_hangs_past_the_deadline_and_holds_only_its_own_place()
    {
        var gate = new Gate();
        await StartAsync(new ProbeService(async (text, _) =>
        {
            if (text == "hang")
            {
                await gate.PassAsync(CancellationToken.None); // deaf to its token
            }

            return text;
        }));

        await FailsAsync(Hasty().Ask("hang").WithinDeadlineAsync(), RpcStatus.DeadlineExceeded, RpcReason.NoReply, mayHaveRun: true);
        Assert.Equal("beside it", await Probe.Ask("beside it").WithinDeadlineAsync());
        Assert.Equal(1, Assert.Single(Replying.Hosts).Running.Count);

        gate.Open();
        await Eventually.IsTrueAsync(() => Client.Calls.Unmatched == 1, "the late reply has come and was dropped");
        await AssertWholeAsync(unmatched: 1);
    }

    private static Task<string> FailAsync(string how, CancellationToken cancellationToken) => how switch
    {
        "at once" => throw new InvalidOperationException(how),
        "later" => LaterAsync(new InvalidOperationException(how)),
        "no task" => null!,
        "cancelled by itself" => LaterAsync(new OperationCanceledException(how)),
        "cancelled task" => Task.FromCanceled<string>(new CancellationToken(canceled: true)),
        "unspeakable" => LaterAsync(new UnspeakableException()),
        _ => Task.FromResult(how),
    };

    private static async Task<string> LaterAsync(Exception exception)
    {
        await Task.Yield();
        throw exception;
    }
}
