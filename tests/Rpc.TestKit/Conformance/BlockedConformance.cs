using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>The broker is short of memory and reads nothing.</summary>
public abstract class BlockedConformance(IFaultyBroker broker) : ConformanceTest(broker)
{
    [Fact]
    public async Task Deadline_tells_that_the_broker_does_not_read_and_whether_the_request_was_sent()
    {
        var (clock, client, _) = await BlockAsync(out var sent);

        var waiting = Proxy<ITrial>(client).Run("waiting");
        clock.Advance(TimeSpan.FromSeconds(100));

        var failure = await FailsAsync(waiting.WithinDeadlineAsync(), RpcStatus.DeadlineExceeded, RpcReason.Blocked, mayHaveRun: false);
        Assert.True(failure.Diagnosis is { Blocked: true, Connected: true });
        await FailsAsync((await sent).WithinDeadlineAsync(), RpcStatus.DeadlineExceeded, RpcReason.Blocked, mayHaveRun: true);
        AssertNothingPending(client);
        await broker.UnblockAsync(); // so that nobody's farewell has to wait
    }

    [Fact]
    public async Task Calls_that_wait_are_sent_when_the_broker_reads_again()
    {
        var (_, client, service) = await BlockAsync(out var sent);
        var trial = Proxy<ITrial>(client);
        var waiting = Enumerable.Range(0, 20).Select(i => trial.Run($"{i}")).ToArray();
        Assert.DoesNotContain("0", service.Entered);

        await broker.UnblockAsync();

        Assert.Equal(Enumerable.Range(0, 20).Select(static i => $"{i}"), await Task.WhenAll(waiting).WithinDeadlineAsync());
        Assert.Equal("sent", await (await sent).WithinDeadlineAsync());
    }

    [Fact]
    public async Task Call_that_waits_and_is_cancelled_never_is_sent()
    {
        var (_, client, service) = await BlockAsync(out var sent);
        var trial = Proxy<ITrial>(client);
        using var source = new CancellationTokenSource();
        var cancelled = trial.Run("cancelled", source.Token);

        await source.CancelAsync();
        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WithinDeadlineAsync());
        await broker.UnblockAsync();

        Assert.Equal(source.Token, thrown.CancellationToken);
        Assert.Equal("behind it", await trial.Run("behind it", CancellationToken.None).WithinDeadlineAsync());
        Assert.DoesNotContain("cancelled", service.Entered);
        Assert.Equal("sent", await (await sent).WithinDeadlineAsync());
    }

    [Fact]
    public async Task Client_is_disposed_meanwhile()
    {
        var (_, client, _) = await BlockAsync(out var sent);
        var waiting = Proxy<ITrial>(client).Run("waiting");

        var disposing = client.DisposeAsync().AsTask();

        await FailsAsync(waiting.WithinDeadlineAsync(), RpcStatus.Unavailable, RpcReason.Disposed, mayHaveRun: false);
        await FailsAsync((await sent).WithinDeadlineAsync(), RpcStatus.Unavailable, RpcReason.Disposed, mayHaveRun: true);
        await disposing.WaitAsync(TimeSpan.FromSeconds(30)); // a farewell that the broker does not read is waited for a while
        await broker.UnblockAsync();
    }

    // A call is sent and runs; then the broker is blocked, and the client has been told so.
    private Task<(ManualClock Clock, RpcClient Client, TrialService Service)> BlockAsync(out Task<Task<string>> sent)
    {
        var call = new TaskCompletionSource<Task<string>>();
        sent = call.Task;
        return BlockAsync(call);
    }

    private async Task<(ManualClock Clock, RpcClient Client, TrialService Service)> BlockAsync(TaskCompletionSource<Task<string>> sent)
    {
        var (clock, gate) = (CreateClock(), new Gate());
        var service = new TrialService(async text =>
        {
            if (text == "sent")
            {
                await gate.PassAsync();
            }

            return text;
        });
        await ServeAsync<ITrial>(service);
        var client = await ConnectAsync(new RpcClientOptions { TimeProvider = clock.Time, Timeout = TimeSpan.FromSeconds(99) });
        var trial = Proxy<ITrial>(client);
        sent.SetResult(trial.Run("sent"));
        await gate.ArrivalsAsync();
        await broker.BlockAsync();
        gate.Open(); // its reply does not get through either

        // A broker tells a connection only when that publishes something, so some call may be sent before this one knows.
        using var done = new CancellationTokenSource();
        var probe = trial.Run("probe", done.Token);
        await Eventually.IsTrueAsync(() => client.Health.Problems.Any(static problem => problem.Contains("does not read", StringComparison.Ordinal)), "the client knows");
        await done.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probe.WithinDeadlineAsync());
        return (clock, client, service);
    }
}
