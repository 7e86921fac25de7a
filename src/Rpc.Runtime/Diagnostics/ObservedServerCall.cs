using System.Diagnostics;

namespace Rpc.Diagnostics;

/// <summary>One call that runs and that somebody listens to.</summary>
/// <param name="span">The call's span; <see langword="null"/> if nobody wants it.</param>
/// <param name="tags">The attributes of its measurements.</param>
/// <param name="isCounted">Whether it was counted as running, so that it is taken back even if nobody listens any more.</param>
internal readonly struct ObservedServerCall(Activity? span, TagList tags, bool isCounted) : IDisposable
{
    private readonly TagList _tags = tags;

    /// <summary>It has been run.</summary>
    /// <param name="fault">The fault's status; <see langword="null"/> if it has a result.</param>
    /// <param name="reason">The fault's reason.</param>
    public void End(RpcStatus? fault, RpcReason reason)
    {
        if (span is null)
        {
            return;
        }

        span.SetTag(TelemetryAttributes.Status, (fault ?? RpcStatus.Ok).ToString());
        if (fault is { } status)
        {
            span.SetTag(TelemetryAttributes.ErrorType, TelemetryAttributes.ErrorTypeOf(status, reason));
            if (IsServers(status))
            {
                span.SetStatus(ActivityStatusCode.Error, $"{status}/{reason}");
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        span?.Dispose();
        if (isCounted)
        {
            ServerTelemetry.Ended(_tags);
        }
    }

    // The rest are answers that a service gives on purpose, and no error of its own: OpenTelemetry's gRPC conventions draw the same line.
    private static bool IsServers(RpcStatus status) => status
        is RpcStatus.Unknown or RpcStatus.DeadlineExceeded or RpcStatus.Unimplemented or RpcStatus.Internal or RpcStatus.Unavailable or RpcStatus.DataLoss;
}
