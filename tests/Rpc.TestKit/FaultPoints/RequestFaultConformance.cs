using Rpc.TestKit.Conformance;
using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.FaultPoints;

/// <summary>Encoding and sending the request fail.</summary>
public abstract class RequestFaultConformance(IConformanceBroker broker) : FaultPointTest(broker)
{
    [Fact]
    public async Task Encoding_throws_after_it_has_written()
    {
        var service = new ProbeService();
        await StartAsync(service);
        var sent = 0;
        Sending.Meets = (request, send) =>
        {
            sent++;
            return send(request);
        };
        AtClient.Written = static _ => throw new InvalidOperationException("no such letter");

        var failure = await FailsAsync(Probe.Ask("q"), RpcStatus.InvalidArgument, RpcReason.Arguments, mayHaveRun: false);

        Assert.Contains("no such letter", failure.Message, StringComparison.Ordinal);
        Assert.Equal((0, 0), (sent, service.Entered));
        await AssertWholeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sending_throws(bool later)
    {
        var service = new ProbeService();
        await StartAsync(service);
        Sending.Meets = (_, _) => Failing.Throw<bool>(later);

        await FailsAsync(Probe.Ask("q"), RpcStatus.InvalidArgument, RpcReason.Arguments, mayHaveRun: false);

        Assert.Equal(0, service.Entered);
        await AssertWholeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sending_throws_for_one_of_many_that_wait_and_the_others_go(bool later)
    {
        await StartAsync(new ProbeService());
        var first = 0;
        Sending.Meets = (request, send) => Interlocked.Exchange(ref first, 1) == 0 ? Failing.Throw<bool>(later) : send(request);

        var calls = Enumerable.Range(0, 20).Select(i => Probe.Ask($"{i}")).ToArray();

        await FailsAsync(calls[0], RpcStatus.InvalidArgument, RpcReason.Arguments, mayHaveRun: false);
        Assert.Equal(Enumerable.Range(1, 19).Select(i => $"{i}"), await Task.WhenAll(calls[1..]).WithinDeadlineAsync());
        await AssertWholeAsync();
    }

    [Fact]
    public async Task Request_is_not_taken_so_it_is_sent_again_and_runs_once()
    {
        var service = new ProbeService();
        await StartAsync(service);
        var tries = 0;
        Sending.Meets = (request, send) => ++tries < 4 ? new ValueTask<bool>(false) : send(request);

        Assert.Equal("q", await Probe.Ask("q").WithinDeadlineAsync());

        Assert.Equal((4, 1), (tries, service.Entered));
        await AssertWholeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [InlineData(null)]
    public async Task Sending_hangs_past_the_deadline(bool? taken)
    {
        var service = new ProbeService();
        await StartAsync(service);
        var hang = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Sending.Meets = (_, _) => new ValueTask<bool>(hang.Task);

        var (handed, behind) = (Hasty().Ask("in doubt"), Hasty().Ask("behind it"));

        await FailsAsync(handed.WithinDeadlineAsync(), RpcStatus.DeadlineExceeded, RpcReason.NoReply, mayHaveRun: true);
        await FailsAsync(behind.WithinDeadlineAsync(), RpcStatus.DeadlineExceeded, RpcReason.NotSent, mayHaveRun: false);
        Sending.Meets = null;
        _ = taken is { } answer ? hang.TrySetResult(answer) : hang.TrySetException(new InvalidOperationException("after all"));
        await AssertWholeAsync();
        Assert.Equal(5, service.Entered);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Caller_cancels_while_sending_hangs(bool taken)
    {
        var service = new ProbeService();
        await StartAsync(service);
        var hang = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var entered = new TaskCompletionSource();
        Sending.Meets = (_, _) =>
        {
            entered.TrySetResult();
            return new ValueTask<bool>(hang.Task);
        };
        using var source = new CancellationTokenSource();

        var call = Probe.Ask("q", source.Token);
        await entered.Task.WithinDeadlineAsync();
        await source.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WithinDeadlineAsync());
        Assert.Equal(source.Token, cancelled.CancellationToken);
        Sending.Meets = null;
        hang.SetResult(taken);
        await AssertWholeAsync();
    }

    [Fact]
    public async Task Request_is_taken_and_lost()
    {
        var service = new ProbeService();
        await StartAsync(service);
        Sending.Meets = static (_, _) => new ValueTask<bool>(true);

        await FailsAsync(Hasty().Ask("q").WithinDeadlineAsync(), RpcStatus.DeadlineExceeded, RpcReason.NoReply, mayHaveRun: true);

        Assert.Equal(0, service.Entered);
        await AssertWholeAsync();
    }
}
