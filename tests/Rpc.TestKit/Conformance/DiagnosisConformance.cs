using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>A deadline says more than that it has passed: how queue and connection were, and how long ago.</summary>
public abstract class DiagnosisConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    [Fact]
    public async Task Queue_that_nobody_consumes_is_told()
    {
        await (await RawAsync()).DeclareAsync(Queue);
        var (clock, client, trial) = await ConnectAsync();

        var call = trial.Run("q");
        await SentAsync();
        clock.Advance(TimeSpan.FromSeconds(16));
        await trial.AskedAsync(clock);
        clock.Advance(TimeSpan.FromSeconds(14));

        var failure = await FailsAsync(call.WithinDeadlineAsync(), RpcStatus.DeadlineExceeded, RpcReason.NoReply, mayHaveRun: true);
        var diagnosis = failure.Diagnosis!;
        Assert.True(diagnosis is { QueueDepth: >= 1, Consumers: 0, Connected: true, Blocked: false }, $"{diagnosis}");
        Assert.InRange(diagnosis.QueueAge!.Value, TimeSpan.FromSeconds(13), TimeSpan.FromSeconds(15));
        Assert.InRange(diagnosis.ConnectionAge, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));
        Assert.Contains("it had 0 consumers; connected for", failure.Message, StringComparison.Ordinal);
        AssertNothingPending(client);
    }

    [Fact]
    public async Task Queue_that_is_consumed_is_told_apart()
    {
        var (_, reader) = await ServeByHandAsync();
        var (clock, _, trial) = await ConnectAsync();

        var call = trial.Run("q");
        await reader.NextAsync();
        clock.Advance(TimeSpan.FromSeconds(16));
        await trial.AskedAsync(clock);
        clock.Advance(TimeSpan.FromSeconds(16));

        var failure = await FailsAsync(call.WithinDeadlineAsync(), RpcStatus.DeadlineExceeded, RpcReason.NoReply, mayHaveRun: true);
        Assert.Equal(1, failure.Diagnosis!.Consumers);
    }

    [Fact]
    public async Task Deadline_does_not_wait_for_an_answer()
    {
        await (await RawAsync()).DeclareAsync(Queue);
        var (clock, _, trial) = await ConnectAsync();

        var call = trial.Run("q");
        await SentAsync();
        clock.Advance(TimeSpan.FromSeconds(31)); // half its time and all of it in one go

        var failure = await FailsAsync(call.WithinDeadlineAsync(), RpcStatus.DeadlineExceeded, RpcReason.NoReply, mayHaveRun: true);
        Assert.InRange(failure.Elapsed, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(31));
        Assert.NotNull(failure.Diagnosis);
    }

    [Fact]
    public async Task Failures_other_than_deadlines_have_none()
    {
        var trial = await ConnectAsync<ITrial>();

        Assert.Null((await FailsAsync(trial.Run("q"), RpcStatus.Unavailable, RpcReason.NoServer, mayHaveRun: false)).Diagnosis);
    }

    private async Task<(ManualClock Clock, RpcClient Client, ITrial Trial)> ConnectAsync()
    {
        var clock = CreateClock();
        var client = await ConnectAsync(new RpcClientOptions { TimeProvider = clock.Time });
        return (clock, client, Proxy<ITrial>(client));
    }

    private async Task SentAsync()
    {
        var raw = await RawAsync();
        await Eventually.IsTrueAsync(async () => await raw.CountAsync(Queue) == 1, "the request is in the queue");
    }
}
