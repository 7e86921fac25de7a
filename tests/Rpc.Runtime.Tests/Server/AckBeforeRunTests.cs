using Rpc.Serialization;

namespace Rpc.Runtime.Tests.Server;

/// <summary>Methods whose requests are acknowledged before they run, and never again.</summary>
public sealed class AckBeforeRunTests : IDisposable
{
    private readonly ServedSteps _steps = new();

    public void Dispose() => _steps.Dispose();

    [Theory]
    [InlineData("AckFirst", true, 1)]
    [InlineData("Plain", false, 1)]
    [InlineData("Tell", true, 0)]
    public async Task Request_IsAcknowledgedOnce_BeforeOrAfterTheHandler(string method, bool before, int replies)
    {
        var acknowledged = 0;
        var request = ServedSteps.Request(ServedSteps.Properties(method) with { ReplyTo = replies == 0 ? null : "replies" });
        request.OnAcknowledge = () =>
        {
            acknowledged++;
            return default;
        };
        var atHandler = -1;
        _steps.OnRun = n =>
        {
            atHandler = acknowledged;
            return Task.FromResult(n);
        };

        await _steps.ServeAsync(request);

        Assert.Equal(("acknowledged", 1, before ? 1 : 0), (await request.Settled.Soon(), acknowledged, atHandler));
        Assert.Equal(replies, request.Replies.Count);
        Assert.Equal(0, _steps.Host.Running.Count);
    }

    [Fact]
    public async Task Handler_that_fails_IsAnsweredAllTheSame()
    {
        _steps.OnRun = static _ => throw new InvalidOperationException("a bug");
        var request = await _steps.ServeAsync(ServedSteps.Properties("AckFirst"));

        var fault = FaultFormat.Read(Assert.Single(request.Replies).Body);
        Assert.Equal((RpcReason.Handler, true), (fault.Reason, fault.MayHaveRun));
    }

    [Fact]
    public async Task Request_that_is_refused_IsAcknowledgedAfterItsReplyAsAnyOther()
    {
        var request = ServedSteps.Request(ServedSteps.Properties("AckFirst") with { TimeToLive = 0 });
        var repliedBefore = false;
        request.OnAcknowledge = () =>
        {
            repliedBefore = request.Replies.Count == 1;
            return default;
        };
        await _steps.ServeAsync(request);

        Assert.True(repliedBefore);
        Assert.Equal(0, _steps.Runs);
    }

    [Fact]
    public async Task Acknowledgement_that_throws_IsAnsweredAndTakesNoOtherCallWithIt()
    {
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _steps.OnRun = n => gate.Task;
        var kept = ServedSteps.Request(ServedSteps.Properties("Plain") with { CorrelationId = "caller.kept" });
        _steps.Host.Received(kept);
        await Poll.UntilAsync(() => _steps.Host.Running.Count == 1, "it runs");

        var request = ServedSteps.Request(ServedSteps.Properties("AckFirst"));
        request.OnAcknowledge = static () => throw new InvalidOperationException("the channel is broken");
        _steps.Host.Received(request);

        await Poll.UntilAsync(() => request.Replies.Count == 1, "its caller is told");
        Assert.Equal(1, _steps.Host.Running.Count);
        gate.SetResult(1);
        await _steps.Host.WhenIdleAsync().Soon();
        Assert.Equal("acknowledged", await kept.Settled.Soon());
    }
}
