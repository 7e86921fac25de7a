using System.Globalization;
using Rpc.Serialization;
using Rpc.Transport;

namespace Rpc.Calls;

/// <summary>
/// The one place that decides what a caller is told: a method for each row of the table of outcomes that a client can find out by itself, and one
/// for the faults that servers send.
/// </summary>
internal static class CallFailures
{
    public static RpcException DeadlinePassed(in CallSite call, TimeSpan timeout, bool sent, RpcDiagnosis diagnosis)
    {
        var limit = Seconds(timeout);
        var text = (sent, diagnosis.Blocked) switch
        {
            _ when timeout <= TimeSpan.Zero => "no time was left when it was made, since the call that its caller serves is out of time",
            (true, _) => $"no {(call.Method.OneWay ? "confirmation of the broker's" : "reply")} came within {limit}",
            (false, true) => $"the request could not be sent within {limit}, since the broker has stopped reading",
            (false, false) => $"the request could not be sent within {limit}, since there was no connection that takes it",
        };
        var reason = diagnosis.Blocked ? RpcReason.Blocked : sent ? RpcReason.NoReply : RpcReason.NotSent;
        var message = Message(call, RpcStatus.DeadlineExceeded, reason, sent, $"{text}; {Describe(diagnosis)}");
        return new RpcException(
            Failure(call, RpcStatus.DeadlineExceeded, reason, sent, message) with { Diagnosis = diagnosis }, new TimeoutException(text));
    }

    public static RpcException NoServer(in CallSite call) =>
        Make(call, RpcStatus.Unavailable, RpcReason.NoServer, mayHaveRun: false, "nobody serves it: the queue does not exist");

    public static RpcException Rejected(in CallSite call) =>
        Make(call, RpcStatus.Unavailable, RpcReason.Rejected, mayHaveRun: false, "the broker did not take the one-way message");

    public static RpcException NotConnected(in CallSite call) =>
        Make(call, RpcStatus.Unavailable, RpcReason.NotConnected, mayHaveRun: false, "there is no connection to the broker, and the call was told not to wait for one");

    public static RpcException CannotConnect(in CallSite call, Exception cause) => Make(
        call,
        RpcStatus.Unavailable,
        cause is RpcException { Reason: RpcReason.Refused } ? RpcReason.Refused : RpcReason.NotConnected,
        mayHaveRun: false,
        $"the client was to connect for its first call, and could not: {cause.Message}",
        cause);

    public static RpcException LinkLost(in CallSite call, Loss loss) => loss.Refused
        ? Make(call, RpcStatus.Unavailable, RpcReason.Refused, mayHaveRun: true, $"the broker refused it, or another request on the same connection: {loss.Reason}")
        : Make(call, RpcStatus.Unavailable, RpcReason.ConnectionLost, mayHaveRun: true, $"the connection was lost after the request was sent ({loss.Reason})");

    public static RpcException ServerLost(in CallSite call) =>
        Make(call, RpcStatus.Unavailable, RpcReason.ServerLost, mayHaveRun: true, "the server that ran it has gone silent");

    public static RpcException TooManyInFlight(in CallSite call, int limit) => Make(
        call,
        RpcStatus.ResourceExhausted,
        RpcReason.TooManyInFlight,
        mayHaveRun: false,
        $"the client has {limit} calls under way already, and {nameof(RpcClientOptions.MaxInFlight)} allows no more");

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

    /// <summary>Completes what a client filter threw to end a call with names and times.</summary>
    public static RpcException FromFilter(in CallSite call, RpcException thrown, bool mayHaveRun) =>
        new(Failure(call, thrown.Status, RpcReason.None, mayHaveRun, thrown.Message), thrown);

    /// <summary>The failure of a call whose last attempt did not run, and an earlier one may have.</summary>
    public static RpcException MayHaveRunBefore(RpcFailure last, RpcException cause) => new(
        last with { MayHaveRun = true, Message = last.Message.Replace(", did not run)", ", may have run in an earlier attempt)", StringComparison.Ordinal) },
        cause.InnerException ?? cause);

    private static string Describe(RpcDiagnosis diagnosis)
    {
        var connection = diagnosis.Connected ? "connected" : "not connected";
        var queue = diagnosis switch
        {
            { QueueDepth: { } depth, Consumers: { } consumers, QueueAge: { } age } =>
                $"{Seconds(age)} ago {depth} messages waited in the queue and it had {consumers} consumers; ",
            _ => string.Empty,
        };
        return $"{queue}{connection} for {Seconds(diagnosis.ConnectionAge)}";
    }

    private static RpcException Make(
        in CallSite call, RpcStatus status, RpcReason reason, bool mayHaveRun, string text, Exception? cause = null)
    {
        var message = Message(call, status, reason, mayHaveRun, text);
        return new RpcException(Failure(call, status, reason, mayHaveRun, message), cause);
    }

    private static string Message(in CallSite call, RpcStatus status, RpcReason reason, bool mayHaveRun, string text)
    {
        var ran = mayHaveRun ? "may have run" : "did not run";
        return $"{call.Method.Type}: {text.TrimEnd('.')}. ({status}/{reason}, queue '{call.Queue}', after {Seconds(call.Elapsed)}, {ran})";
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
