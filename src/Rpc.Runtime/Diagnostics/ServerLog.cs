using Microsoft.Extensions.Logging;

namespace Rpc.Diagnostics;

/// <summary>Every line that a server logs. Event ids are stable: 200 to 299.</summary>
internal static partial class ServerLog
{
    [LoggerMessage(200, LogLevel.Error, "The handler of {Service}/{Method} failed (error id {ErrorId})")]
    public static partial void HandlerFailed(this ILogger log, Exception exception, string service, string method, string errorId);

    [LoggerMessage(201, LogLevel.Error, "The detail of a refusal by {Service}/{Method}, a {DetailType}, cannot be sent; the caller gets the refusal without it")]
    public static partial void DetailLost(this ILogger log, Exception exception, string service, string method, Type detailType);

    [LoggerMessage(202, LogLevel.Information, "A request to {Service}/{Method} named no address that a reply may go to; it got none")]
    public static partial void NoReplyAddress(this ILogger log, string service, string method);

    [LoggerMessage(203, LogLevel.Warning, "The reply of {Service}/{Method} could not be sent, since the connection its request came by is lost")]
    public static partial void ReplyLost(this ILogger log, string service, string method);

    [LoggerMessage(205, LogLevel.Warning, "The one-way call {Method} came a second time, from a server that was lost; it may have run there, so it is not run again")]
    public static partial void OneWayRejected(this ILogger log, string method);

    [LoggerMessage(206, LogLevel.Warning, "The one-way call {Method} failed, and nobody waits to be told ({Status}/{Reason}): {Text}")]
    public static partial void OneWayFailed(this ILogger log, string method, RpcStatus status, RpcReason reason, string text);

    [LoggerMessage(207, LogLevel.Error, "What was made for a call of {Service}/{Method} could not be disposed of; the call's outcome stands")]
    public static partial void ScopeFailed(this ILogger log, Exception exception, string service, string method);

    [LoggerMessage(204, LogLevel.Error, "Serving a request to {Service} failed outside its handler")]
    public static partial void ServingFailed(this ILogger log, Exception exception, string service);
}
