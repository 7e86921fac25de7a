using System.Diagnostics;

namespace Rpc.Diagnostics;

/// <summary>One call that somebody listens to. Its end is told once: <see cref="Succeeded"/> or <see cref="Failed"/>, and then disposed of.</summary>
/// <param name="telemetry">The client's.</param>
/// <param name="span">The call's span; <see langword="null"/> if nobody wants it.</param>
/// <param name="tags">The attributes of all its measurements.</param>
/// <param name="started">When it began, in the client's timestamps.</param>
/// <param name="isCounted">Whether it was counted as under way, so that it is taken back even if nobody listens any more.</param>
internal readonly struct ObservedClientCall(ClientTelemetry telemetry, Activity? span, TagList tags, long started, bool isCounted) : IDisposable
{
    private readonly TagList _tags = tags;

    /// <summary>The attributes of all its measurements.</summary>
    public TagList Tags => _tags;

    /// <summary>When it began, in the client's timestamps.</summary>
    public long Started => started;

    /// <summary>Whether it was counted as under way.</summary>
    public bool IsCounted => isCounted;

    /// <summary>It has a result.</summary>
    public void Succeeded() => End(nameof(RpcStatus.Ok), error: null, text: null);

    /// <summary>It has none.</summary>
    /// <param name="exception">What its caller is told. Its text stays here: it may have what the service's user may not show to operators.</param>
    public void Failed(Exception exception)
    {
        switch (exception)
        {
            case RpcException { Status: var status, Reason: var reason }:
                End(status.ToString(), TelemetryAttributes.ErrorTypeOf(status, reason), $"{status}/{reason}");
                break;
            case OperationCanceledException:
                End(nameof(RpcStatus.Cancelled), nameof(RpcStatus.Cancelled), nameof(RpcStatus.Cancelled));
                break;
            default:
                End(status: null, exception.GetType().FullName, text: null); // a filter's, or of a client that was disposed before
                break;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => span?.Dispose();

    private void End(string? status, string? error, string? text)
    {
        var all = _tags;
        Add(ref all, TelemetryAttributes.Status, status);
        Add(ref all, TelemetryAttributes.ErrorType, error);
        telemetry.Ended(this, all);
        if (error is not null)
        {
            span?.SetStatus(ActivityStatusCode.Error, text);
        }
    }

    private void Add(ref TagList all, string name, string? value)
    {
        if (value is not null)
        {
            all.Add(name, value);
            span?.SetTag(name, value);
        }
    }
}
