using System.Globalization;
using Rpc.Serialization;

namespace Rpc.Calls;

/// <summary>
/// The one place that decides what a caller is told: a method for each row of the table of outcomes that a client can find out by itself, and one
/// for the faults that servers send.
/// </summary>
internal static class CallFailures
{
    public static RpcException DeadlinePassed(in CallSite call, TimeSpan timeout, bool sent)
    {
        var limit = Seconds(timeout);
        var text = sent ? $"no {(call.Method.OneWay ? "confirmation of the broker's" : "reply")} came within {limit}" : $"the request could not be sent within {limit}, since there was no connection that takes it";
        return Make(call, RpcStatus.DeadlineExceeded, sent ? RpcReason.NoReply : RpcReason.NotSent, sent, text, new TimeoutException(text));
    }

    public static RpcException NoServer(in CallSite call) =>
        Make(call, RpcStatus.Unavailable, RpcReason.NoServer, mayHaveRun: false, "nobody serves it: the queue does not exist");

    public static RpcException Rejected(in CallSite call) =>
        Make(call, RpcStatus.Unavailable, RpcReason.Rejected, mayHaveRun: false, "the broker did not take the one-way message");

    public static RpcException NotConnected(in CallSite call) =>
        Make(call, RpcStatus.Unavailable, RpcReason.NotConnected, mayHaveRun: false, "there is no connection to the broker, and the call was told not to wait for one");

    public static RpcException ConnectionLost(in CallSite call, string reason) =>
        Make(call, RpcStatus.Unavailable, RpcReason.ConnectionLost, mayHaveRun: true, $"the connection was lost after the request was sent ({reason})");

    public static RpcException Disposed(in CallSite call, bool sent) =>
        Make(call, RpcStatus.Unavailable, RpcReason.Disposed, sent, "the client was disposed before the reply came");

    public static RpcException BadArguments(in CallSite call, Exception cause) =>
        Make(call, RpcStatus.InvalidArgument, RpcReason.Arguments, mayHaveRun: false, $"the arguments cannot be sent: {cause.Message}", cause);

    public static RpcException BadReply(in CallSite call, string text, Exception? cause = null) =>
        Make(call, RpcStatus.Internal, RpcReason.BadReply, mayHaveRun: true, $"the reply cannot be read: {text}", cause);

    public static RpcException FromServer(in CallSite call, Fault fault, IRpcSerializer serializer)
    {
        var detail = fault.Detail is { } payload ? new RpcDetail(serializer, payload) : null;
        var inner = fault.Status == RpcStatus.DeadlineExceeded ? new TimeoutException(fault.Message) : null;

        // A refusal's message arrives as it was thrown; the framework's own faults say which call they are about.
        return fault.Reason == RpcReason.None
            ? new RpcException(Failure(call, fault.Status, fault.Reason, fault.MayHaveRun, fault.Message) with { Detail = detail }, inner)
            : Make(call, fault.Status, fault.Reason, fault.MayHaveRun, fault.Message, inner);
    }

    private static RpcException Make(
        in CallSite call, RpcStatus status, RpcReason reason, bool mayHaveRun, string text, Exception? cause = null)
    {
        var ran = mayHaveRun ? "may have run" : "did not run";
        var message = $"{call.Method.Type}: {text.TrimEnd('.')}. ({status}/{reason}, queue '{call.Queue}', after {Seconds(call.Elapsed)}, {ran})";
        return new RpcException(Failure(call, status, reason, mayHaveRun, message), cause);
    }

    private static RpcFailure Failure(in CallSite call, RpcStatus status, RpcReason reason, bool mayHaveRun, string message) => new()
    {
        Status = status,
        Reason = reason,
        MayHaveRun = mayHaveRun,
        Message = message,
        Service = call.Method.Service,
        Method = call.Method.Name,
        Queue = call.Queue,
        Elapsed = call.Elapsed,
    };

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s";
}
