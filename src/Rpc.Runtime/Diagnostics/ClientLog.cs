using Microsoft.Extensions.Logging;

namespace Rpc.Diagnostics;

/// <summary>Every line that a client logs. Event ids are stable: 100 to 199. How a call ends is not among them: its caller is told.</summary>
internal static partial class ClientLog
{
    [LoggerMessage(100, LogLevel.Debug, "{Method} is called again, attempt {Attempt}: the one before ended as {Status}/{Reason}")]
    public static partial void Retrying(this ILogger log, string method, int attempt, RpcStatus status, RpcReason reason);
}
