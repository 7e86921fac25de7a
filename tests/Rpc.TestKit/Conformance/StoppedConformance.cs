using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>The broker is down for a while.</summary>
public abstract class StoppedConformance(IFaultyBroker broker) : ConformanceTest(broker)
{
    private static readonly RpcCallOptions s_patient = new() { Timeout = TimeSpan.FromMinutes(1) };

    [Fact]
    public async Task Every_call_meanwhile_has_its_outcome_and_those_that_wait_get_through_when_it_is_back()
    {
        var gate = new Gate();
        var service = new TrialService(async text =>
        {
            if (text == "sent")
            {
                await gate.PassAsync();
            }

            return text;
        });
        await ServeAsync<ITrial>(service);
        var client = await ConnectAsync(new RpcClientOptions { Timeout = TimeSpan.FromMinutes(2) });
        var trial = Proxy<ITrial>(client);
        var sent = trial.Run("sent");
        await gate.ArrivalsAsync();
        using var source = new CancellationTokenSource();

        await broker.StopAsync();

        await FailsAsync(sent.WithinDeadlineAsync(), RpcStatus.Unavailable, RpcReason.ConnectionLost, mayHaveRun: true);
        var waiting = Enumerable.Range(0, 20).Select(i => trial.With(s_patient).Run($"{i}")).ToArray();
        var cancelled = trial.Run("cancelled", source.Token);
        var oneWay = trial.With(s_patient).Note("one-way");
        await FailsAsync(
            trial.With(new RpcCallOptions { WaitForReady = false }).Run("impatient").WithinDeadlineAsync(), RpcStatus.Unavailable, RpcReason.NotConnected, mayHaveRun: false);
        var late = await FailsAsync(
            trial.With(new RpcCallOptions { Timeout = TimeSpan.FromMilliseconds(50) }).Run("late").WithinDeadlineAsync(),
            RpcStatus.DeadlineExceeded,
            RpcReason.NotSent,
            mayHaveRun: false);
        Assert.IsType<TimeoutException>(late.InnerException);
        Assert.False(late.Diagnosis!.Connected);
        Assert.Contains("not connected for", late.Message, StringComparison.Ordinal);
        await source.CancelAsync();
        Assert.Equal(source.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WithinDeadlineAsync())).CancellationToken);
        gate.Open();

        await broker.StartAsync();

        Assert.Equal(Enumerable.Range(0, 20).Select(static i => $"{i}"), await Task.WhenAll(waiting));
        await oneWay;
        await Eventually.IsTrueAsync(() => service.Entered.Contains("one-way"), "the one-way call is served");
        Assert.Empty(service.Entered.Intersect(["impatient", "late", "cancelled"]));
        AssertNothingPending(client);
        Assert.Equal(0, client.Calls.InFlight);
    }

    [Fact]
    public async Task One_way_message_that_nobody_has_served_yet_outlives_the_broker()
    {
        var client = await ConnectAsync();
        await (await ServeAsync<ITrial>(new TrialService())).DisposeAsync();
        await Proxy<ITrial>(client).Note("kept").WithinDeadlineAsync();

        await broker.StopAsync();
        await broker.StartAsync();
        var service = new TrialService();
        await ServeAsync<ITrial>(service);

        Assert.Equal("kept", await service.NextAsync().WithinDeadlineAsync());
    }

    [Fact]
    public async Task Call_that_does_not_wait_is_tried_again_for_its_caller()
    {
        await ServeAsync<ITrial>(new TrialService());
        var client = await ConnectAsync(new RpcClientOptions
        {
            WaitForReady = false,
            Timeout = TimeSpan.FromMinutes(1),
            Retry = new RpcRetryOptions { MaxAttempts = 100, MaxDelay = TimeSpan.FromSeconds(1) },
        });
        await broker.StopAsync();
        var call = Proxy<ITrial>(client).Run("q");
        await Eventually.IsTrueAsync(() => client.Calls is { Count: 0, InFlight: 1 }, "the first attempt has failed");

        await broker.StartAsync();

        Assert.Equal("q", await call);
    }
}
