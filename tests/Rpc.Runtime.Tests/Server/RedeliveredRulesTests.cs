using Rpc.Serialization;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Server;

/// <summary>A request that a lost server had before: nobody is ever told that it did not run.</summary>
public sealed class RedeliveredRulesTests : IDisposable
{
    private readonly ServedSteps _steps = new();

    public void Dispose() => _steps.Dispose();

    [Theory]
    [InlineData("Plain")]
    [InlineData("Again")] // its caller makes it again, as a new call
    [InlineData("AckFirst")]
    public async Task Request_of_ours_IsAnsweredAndNotRun(string method)
    {
        AssertRedelivered(await _steps.ServeAsync(ServedSteps.Properties(method) with { Redelivered = true }));
    }

    [Theory]
    [InlineData("late")]
    [InlineData("unreadable")]
    [InlineData("of another service")]
    public async Task Whatever_else_is_wrong_with_it_ComesSecond(string what)
    {
        var properties = ServedSteps.Properties("Plain") with { Redelivered = true };
        AssertRedelivered(await _steps.ServeAsync(what switch
        {
            "late" => properties with { TimeToLive = 0 },
            "unreadable" => properties with { ContentEncoding = "gzip", ContentType = "text/plain" },
            _ => properties with { Type = "other/Plain" },
        }));
    }

    [Fact]
    public async Task Draining_server_DoesNotSendTheCallerElsewhere()
    {
        await _steps.Host.StopTakingAsync();
        AssertRedelivered(await _steps.ServeAsync(ServedSteps.Properties("Plain") with { Redelivered = true }));
    }

    [Fact]
    public async Task Foreign_request_for_an_idempotent_method_IsCountedAndRunWhenItsCopyComes()
    {
        var first = await _steps.ServeAsync(ServedSteps.Properties("Again", own: false) with { Redelivered = true });
        Assert.Equal("requeued", await first.Settled.Soon());
        Assert.Empty(first.Replies);
        Assert.Equal(0, _steps.Runs);

        var copy = await _steps.ServeAsync(ServedSteps.Properties("Again", own: false) with { Deliveries = 1 });
        Assert.Equal("acknowledged", await copy.Settled.Soon());
        Assert.Equal(1, _steps.Runs);
    }

    [Fact]
    public async Task Where_the_broker_counts_ItIsRunAtOnce()
    {
        var request = await _steps.ServeAsync(ServedSteps.Properties("Again", own: false) with { Redelivered = true, BrokerCounts = true, Deliveries = 1 });

        Assert.Equal("acknowledged", await request.Settled.Soon());
        Assert.Equal(1, _steps.Runs);
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 2)]
    public async Task With_three_deliveries_behind_it_ItIsGivenUp(bool brokerCounts, int deliveries) => AssertRedelivered(
        await _steps.ServeAsync(ServedSteps.Properties("Again", own: false) with { Redelivered = true, BrokerCounts = brokerCounts, Deliveries = deliveries }));

    [Fact]
    public async Task Foreign_request_for_another_method_IsNotRun() =>
        AssertRedelivered(await _steps.ServeAsync(ServedSteps.Properties("Plain", own: false) with { Redelivered = true }));

    [Theory]
    [InlineData("late")]
    [InlineData("unreadable")]
    [InlineData("draining")]
    public async Task Copy_that_is_refused_SaysThatItMayHaveRun(string what)
    {
        if (what == "draining")
        {
            await _steps.Host.StopTakingAsync();
        }

        var properties = ServedSteps.Properties("Again", own: false) with { Deliveries = 1 };
        var request = await _steps.ServeAsync(what switch
        {
            "late" => properties with { TimeToLive = 0 },
            "unreadable" => properties with { ContentEncoding = "gzip" },
            _ => properties,
        });

        Assert.True(FaultFormat.Read(Assert.Single(request.Replies).Body).MayHaveRun);
        Assert.Equal(0, _steps.Runs);
    }

    [Fact]
    public async Task Request_that_still_runs_here_GetsItsOneReplyThroughTheNewDelivery()
    {
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _steps.OnRun = _ => gate.Task;
        var first = ServedSteps.Request(ServedSteps.Properties("Plain"));
        first.OnReply = static _ => ValueTask.FromResult(false); // its connection is lost
        _steps.Host.Received(first);
        await Poll.UntilAsync(() => _steps.Runs == 1, "it runs");
        first.IsLive = false;

        var second = ServedSteps.Request(ServedSteps.Properties("Plain") with { Redelivered = true });
        _steps.Host.Received(second);
        Assert.Empty(second.Replies);
        gate.SetResult(7);

        Assert.Equal("acknowledged", await second.Settled.Soon());
        Assert.Equal("7"u8.ToArray(), Assert.Single(second.Replies).Body.ToArray());
        Assert.Empty(first.Replies);
        Assert.False(first.Settled.IsCompleted);
        Assert.Equal((1, 0), (_steps.Runs, _steps.Host.Running.Count));
    }

    [Fact]
    public async Task Request_that_was_sent_twice_IsAnsweredOnce()
    {
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _steps.OnRun = _ => gate.Task;
        var first = ServedSteps.Request(ServedSteps.Properties("Plain"));
        _steps.Host.Received(first);
        await Poll.UntilAsync(() => _steps.Runs == 1, "it runs");
        var second = ServedSteps.Request(ServedSteps.Properties("Plain") with { Redelivered = true });
        _steps.Host.Received(second);
        Assert.Equal("acknowledged", await second.Settled.Soon());
        gate.SetResult(7);

        Assert.Equal("acknowledged", await first.Settled.Soon());
        Assert.Single(first.Replies);
        Assert.Empty(second.Replies);
        Assert.Equal(1, _steps.Runs);
    }

    // Its copy could not carry a user that the broker has checked.
    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task Request_with_a_user_IsRunAgainOnlyWhereTheBrokerCounts(bool brokerCounts, int runs)
    {
        var properties = ServedSteps.Properties("Again", own: false) with { Redelivered = true, BrokerCounts = brokerCounts, Deliveries = brokerCounts ? 1 : 0, UserId = "a" };
        var request = await _steps.ServeAsync(properties);

        Assert.Equal((runs, "acknowledged"), (_steps.Runs, await request.Settled.Soon()));
    }

    [Fact]
    public async Task Request_that_was_answered_just_now_GetsTheSameReplyAgain()
    {
        await _steps.ServeAsync(ServedSteps.Properties("Plain"));
        var second = await _steps.ServeAsync(ServedSteps.Properties("Plain") with { Redelivered = true });

        Assert.Equal("acknowledged", await second.Settled.Soon());
        Assert.Equal("2"u8.ToArray(), Assert.Single(second.Replies).Body.ToArray());
        Assert.Equal(1, _steps.Runs);
    }

    private void AssertRedelivered(FakeDelivery request)
    {
        var fault = FaultFormat.Read(Assert.Single(request.Replies).Body);
        Assert.Equal((RpcStatus.Aborted, RpcReason.Redelivered, true), (fault.Status, fault.Reason, fault.MayHaveRun));
        Assert.True(request.Settled.IsCompletedSuccessfully);
        Assert.Equal(0, _steps.Runs);
    }
}
