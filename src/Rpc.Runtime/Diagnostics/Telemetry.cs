using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Rpc.Diagnostics;

/// <summary>The one source of spans and the one meter, and what their users have in common.</summary>
internal static class Telemetry
{
    private static readonly string? s_version = typeof(Telemetry).Assembly.GetName().Version?.ToString(3);

    /// <summary>Makes spans.</summary>
    public static ActivitySource Source { get; } = new(RpcTelemetry.Name, s_version);

    /// <summary>Makes instruments.</summary>
    public static Meter Meter { get; } = new(RpcTelemetry.Name, s_version);

    /// <summary>The boundaries that OpenTelemetry's RPC conventions advise for durations, in seconds.</summary>
    public static InstrumentAdvice<double> Seconds { get; } = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
    };

    /// <summary>Boundaries for how many calls share a message: the cap of a batch grows by doubling.</summary>
    public static InstrumentAdvice<int> Calls { get; } = new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128] };
}
