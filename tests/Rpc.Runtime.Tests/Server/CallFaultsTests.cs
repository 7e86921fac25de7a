using Microsoft.Extensions.Time.Testing;
using Rpc.Calls;
using Rpc.Runtime.Tests.Serialization;
using Rpc.Serialization;
using Rpc.Server;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Server;

/// <summary>What a caller is told of what a handler throws.</summary>
public sealed class CallFaultsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly DeadlineWheel _deadlines;

    public CallFaultsTests() => _deadlines = new DeadlineWheel(_time);

    public void Dispose()
    {
        _deadlines.Dispose();
        _stopping.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Refusal_KeepsStatusAndMessage_And_the_bit_says_whether_the_method_was_entered(bool begun)
    {
        using var call = Call(begun);
        var fault = CallFaults.FromHandler(new RpcException(RpcStatus.NotFound, "no order 7"), call, Context());
        Assert.Equal(new Fault(RpcStatus.NotFound, RpcReason.None, begun, "no order 7"), fault);
    }

    [Fact]
    public void Refusal_with_detail_CarriesItEncoded()
    {
        using var call = Call();
        var fault = CallFaults.FromHandler(new RpcException(RpcStatus.NotFound, "no", new Item { Name = "a" }), call, Context());
        Assert.Equal("{\"Name\":\"a\"}"u8.ToArray(), fault.Detail!.Value.ToArray());
        Assert.Equal("application/json", fault.DetailContentType);
    }

    [Fact]
    public void Detail_that_cannot_be_sent_or_is_too_large_IsLeftOutAndTheRefusalStays()
    {
        using var call = Call();
        var large = CallFaults.FromHandler(new RpcException(RpcStatus.NotFound, "no", new string('x', 2_000)), call, Context());
        var bad = CallFaults.FromHandler(new RpcException(RpcStatus.NotFound, "no", new Action(Dispose)), call, Context());
        Assert.All([large, bad], static fault => Assert.Equal(new Fault(RpcStatus.NotFound, RpcReason.None, MayHaveRun: true, "no"), fault));
    }

    [Fact]
    public void Failure_of_an_inner_call_IsUpstreamAndNamesItWithoutItsText()
    {
        using var call = Call();
        var failure = new RpcFailure { Status = RpcStatus.Unavailable, Reason = RpcReason.NoServer, Message = "secret text", Service = "inner.Service" };
        var fault = CallFaults.FromHandler(new RpcException(failure), call, Context());

        Assert.Equal((RpcStatus.Internal, RpcReason.Upstream, true), (fault.Status, fault.Reason, fault.MayHaveRun));
        Assert.Contains("inner.Service", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Unavailable/NoServer", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(990)]
    [InlineData(1_000)]
    [InlineData(1_010)]
    public void Inner_call_that_ends_at_the_outer_deadline_IsDeadlineExceeded_whichever_of_the_two_heard_of_it_first(int passedMs)
    {
        using var call = Call(timeToLiveMs: 1_000);
        _time.Advance(TimeSpan.FromMilliseconds(passedMs));

        var fault = CallFaults.FromHandler(new RpcException(InnerFailure(RpcStatus.DeadlineExceeded)), call, Context());

        Assert.Equal((RpcStatus.DeadlineExceeded, RpcReason.NoReply, true), (fault.Status, fault.Reason, fault.MayHaveRun));
        Assert.Contains("inner.Service", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RpcStatus.DeadlineExceeded, 1_000, 500)]
    [InlineData(RpcStatus.DeadlineExceeded, null, 500)]
    [InlineData(RpcStatus.Unavailable, 1_000, 1_010)]
    public void Inner_call_with_a_deadline_of_its_own_or_another_failure_IsUpstream(RpcStatus status, int? timeToLiveMs, int passedMs)
    {
        using var call = Call(timeToLiveMs: timeToLiveMs);
        _time.Advance(TimeSpan.FromMilliseconds(passedMs));

        Assert.Equal(RpcReason.Upstream, CallFaults.FromHandler(new RpcException(InnerFailure(status)), call, Context()).Reason);
    }

    [Fact]
    public void Cancellation_at_the_deadline_IsDeadlineExceeded()
    {
        using var call = Call(timeToLiveMs: 1_000);
        Assert.False(call.CancellationToken.IsCancellationRequested);
        _time.Advance(TimeSpan.FromSeconds(2));

        var fault = CallFaults.FromHandler(new OperationCanceledException(), call, Context());
        Assert.Equal((RpcStatus.DeadlineExceeded, RpcReason.NoReply, true), (fault.Status, fault.Reason, fault.MayHaveRun));
    }

    [Fact]
    public void Cancellation_by_a_stopping_server_IsCancelled()
    {
        using var call = Call();
        _ = call.CancellationToken;
        _stopping.Cancel();

        var fault = CallFaults.FromHandler(new TaskCanceledException(), call, Context());
        Assert.Equal((RpcStatus.Cancelled, RpcReason.Cancelled, true), (fault.Status, fault.Reason, fault.MayHaveRun));
    }

    [Fact]
    public void Cancellation_of_the_handlers_own_IsABug()
    {
        using var call = Call();
        _ = call.CancellationToken;
        var fault = CallFaults.FromHandler(new OperationCanceledException("own token"), call, Context());
        Assert.Equal((RpcStatus.Internal, RpcReason.Handler), (fault.Status, fault.Reason));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Bug_TellsItsTextOnlyWhereTheOptionSaysSo(bool include)
    {
        using var call = Call();
        var fault = CallFaults.FromHandler(new InvalidOperationException("password 1234"), call, Context(include));
        Assert.Equal((RpcStatus.Internal, RpcReason.Handler, true), (fault.Status, fault.Reason, fault.MayHaveRun));
        Assert.Equal(include, fault.Message.Contains("password 1234", StringComparison.Ordinal));
        Assert.Equal(!include, System.Text.RegularExpressions.Regex.IsMatch(fault.Message, "error id [0-9a-f]{12}$"));
    }

    private static RpcFailure InnerFailure(RpcStatus status) => new() { Status = status, Reason = RpcReason.NoReply, Message = "secret text", Service = "inner.Service" };

    private ReceivedCall Call(bool begun = true, long? timeToLiveMs = null)
    {
        var properties = new RequestProperties { TimeToLive = timeToLiveMs };
        var call = Context().Receive(new FakeDelivery(properties with { Type = SampleRpc.Count.Type }, "{\"itemCount\":3}"u8.ToArray()));
        if (begun)
        {
            call.ReadArguments(SampleRpc.Count);
        }

        return call;
    }

    private ServiceContext Context(bool includeDetails = false) => ServedContext.Create(_time, _deadlines, includeDetails, stopping: _stopping.Token);
}
