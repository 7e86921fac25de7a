using Microsoft.Extensions.Logging;

namespace Rpc.Diagnostics;

/// <summary>Every line of what ties clients and servers to a host. Event ids are stable: 400 to 499.</summary>
internal static partial class HostingLog
{
    [LoggerMessage(400, LogLevel.Error, "{Client} keeps its options, since those that the configuration has now are not valid: {Reason}")]
    public static partial void ReloadFailed(this ILogger log, string client, string reason);
}
