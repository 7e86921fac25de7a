using Microsoft.Extensions.Logging;

namespace Rpc.Diagnostics;

/// <summary>Every line about connections, of clients and servers alike. Event ids are stable: 300 to 399. None has credentials.</summary>
internal static partial class TransportLog
{
    [LoggerMessage(302, LogLevel.Warning, "Attempt {Attempt} to use {What} failed, the next one follows in {Delay}: {Reason}")]
    public static partial void AttemptFailed(this ILogger log, int attempt, string what, TimeSpan delay, string reason);

    [LoggerMessage(303, LogLevel.Warning, "{What} is lost: {Reason}")]
    public static partial void Lost(this ILogger log, string what, string reason);

    [LoggerMessage(304, LogLevel.Information, "{What} is ready")]
    public static partial void Ready(this ILogger log, string what);

    [LoggerMessage(305, LogLevel.Warning, "The broker {Broker} has stopped reading: {Reason}")]
    public static partial void Blocked(this ILogger log, string broker, string reason);

    [LoggerMessage(306, LogLevel.Information, "The broker {Broker} reads again")]
    public static partial void Unblocked(this ILogger log, string broker);

    [LoggerMessage(308, LogLevel.Error, "{What} was lost {Times} times in a row soon after it was opened; the next attempt follows in {Delay}: {Reason}")]
    public static partial void KeepsFailing(this ILogger log, string what, int times, TimeSpan delay, string reason);

    [LoggerMessage(309, LogLevel.Critical, "Keeping {What} open has failed for good")]
    public static partial void LoopFailed(this ILogger log, Exception exception, string what);

    [LoggerMessage(310, LogLevel.Debug, "A cancellation could not be sent: {Reason}")]
    public static partial void TellFailed(this ILogger log, string reason);

    [LoggerMessage(307, LogLevel.Debug, "Closing {What} failed: {Reason}")]
    public static partial void CloseFailed(this ILogger log, string what, string reason);
}
