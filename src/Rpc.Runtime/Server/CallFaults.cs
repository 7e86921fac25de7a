using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Rpc.Diagnostics;
using Rpc.Serialization;

namespace Rpc.Server;

/// <summary>
/// The one place that decides what a server tells its callers: a method for each row of the table of outcomes that a server can find out, and one for
/// whatever a handler throws.
/// </summary>
internal static class CallFaults
{
    // A call that a handler makes has the handler's deadline, and hears of it by another way: from its own clock or its server's, some milliseconds
    // before or after the handler's token fires. Nobody can use what is left then.
    private static readonly TimeSpan s_asGoodAsPassed = TimeSpan.FromMilliseconds(100);

    public static Fault BadRequest(string text) => new(RpcStatus.InvalidArgument, RpcReason.BadRequest, MayHaveRun: false, text);

    public static Fault NoUserId() => new(
        RpcStatus.Unauthenticated,
        RpcReason.NoUserId,
        MayHaveRun: false,
        "this server wants the AMQP property 'user_id', which the broker checks; our own clients send it with SendUserId");

    public static Fault UnknownService(string asked, string served) =>
        new(RpcStatus.Unimplemented, RpcReason.UnknownService, MayHaveRun: false, $"this queue serves {served}, and the request asks for '{asked}'");

    public static Fault UnknownMethod(string service, string method) =>
        new(RpcStatus.Unimplemented, RpcReason.UnknownMethod, MayHaveRun: false, $"{service} has no method '{method}' on this server");

    public static Fault Draining() =>
        new(RpcStatus.Unavailable, RpcReason.Draining, MayHaveRun: false, "the server is shutting down and did not start the call");

    public static Fault Expired(TimeSpan left) => new(
        RpcStatus.DeadlineExceeded,
        RpcReason.Expired,
        MayHaveRun: false,
        left <= TimeSpan.Zero
            ? "the deadline had passed before the server could start the call"
            : string.Create(CultureInfo.InvariantCulture, $"the call had {left.TotalMilliseconds:0} ms left when the server could start it, less than the method usually takes"));

    public static Fault Busy(int waiting, int running) => new(
        RpcStatus.ResourceExhausted,
        RpcReason.Busy,
        MayHaveRun: false,
        string.Create(CultureInfo.InvariantCulture, $"the server runs {running} calls of this service, {waiting} more wait in it, and it takes no more"));

    public static Fault Redelivered() => new(
        RpcStatus.Aborted,
        RpcReason.Redelivered,
        MayHaveRun: true,
        "a server that was lost had the request before and may have run it, so it is not run again");

    public static Fault BadBatch(string problem) =>
        new(RpcStatus.Unimplemented, RpcReason.Batch, MayHaveRun: false, $"the batch cannot be read, and nothing of it was run: {problem}");

    public static Fault Unsendable(bool mayHaveRun) =>
        new(RpcStatus.Internal, RpcReason.Result, mayHaveRun, "the reply cannot be sent; the server's log says why");

    public static Fault BadResult(Exception cause) =>
        new(RpcStatus.Internal, RpcReason.Result, MayHaveRun: true, $"the result cannot be sent: {cause.Message}");

    /// <summary>What a caller is told of an exception that came out of a dispatcher.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="call">The call.</param>
    /// <param name="service">The service.</param>
    /// <returns>The fault.</returns>
    public static Fault FromHandler(Exception exception, ReceivedCall call, ServiceContext service) => exception switch
    {
        RpcException { Failure: null } refusal => Refusal(refusal, call, service),
        RpcException { Failure: { Status: RpcStatus.DeadlineExceeded } failure } when call.TimeLeft < s_asGoodAsPassed => new Fault(
            RpcStatus.DeadlineExceeded,
            RpcReason.NoReply,
            call.HasBegun,
            $"the deadline passed in a call to {failure.Service ?? "another service"} that the handler made"),
        RpcException { Failure: { } failure } => new Fault(
            RpcStatus.Internal,
            RpcReason.Upstream,
            call.HasBegun,
            $"a call to {failure.Service ?? "another service"} that the handler made failed ({failure.Status}/{failure.Reason}), and the handler let that through"),
        OperationCanceledException when call.TokenFired == RpcStatus.DeadlineExceeded =>
            new Fault(RpcStatus.DeadlineExceeded, RpcReason.NoReply, call.HasBegun, "the handler stopped when the deadline passed"),
        OperationCanceledException when call.TokenFired is not null =>
            new Fault(RpcStatus.Cancelled, RpcReason.Cancelled, call.HasBegun, "its caller cancelled it, or the server stopped, before the handler was done"),
        _ => Bug(exception, call, service),
    };

    private static Fault Refusal(RpcException refusal, ReceivedCall call, ServiceContext service)
    {
        var fault = new Fault(refusal.Status, RpcReason.None, call.HasBegun, refusal.Message);
        if (refusal.Detail is not { } detail)
        {
            return fault;
        }

        try
        {
            // What is not JSON travels as base64, four characters for three bytes.
            var serializer = call.Serializer ?? service.Serializer;
            var isJson = FaultFormat.IsJson(serializer.ContentType);
            using var payload = new PayloadWriter(isJson ? service.MaxReplySize : (int)(service.MaxReplySize * 3L / 4));
            serializer.SerializeDetail(payload, detail);
            return fault with { Detail = payload.Written.ToArray(), DetailContentType = serializer.ContentType };
        }
        catch (Exception exception)
        {
            // The refusal itself is worth more to the caller than the detail.
            service.Log.DetailLost(exception, service.Contract.Service, call.Method, detail.GetType());
            return fault;
        }
    }

    private static Fault Bug(Exception exception, ReceivedCall call, ServiceContext service)
    {
        var id = RandomNumberGenerator.GetHexString(12, lowercase: true);
        service.Log.HandlerFailed(exception, service.Contract.Service, call.Method, id);
        var text = (service.IncludeExceptionDetails ? TextOf(exception) : null)
            ?? string.Create(CultureInfo.InvariantCulture, $"the handler failed; the server's log says why under error id {id}");
        return new Fault(RpcStatus.Internal, RpcReason.Handler, call.HasBegun, text);
    }

    // The exception is the user's, and so is what its text is made of.
    private static string? TextOf(Exception exception)
    {
        try
        {
            return exception.ToString();
        }
        catch (Exception)
        {
            return null;
        }
    }
}
