namespace Rpc;

/// <summary>What clients and servers tell of their calls to whoever listens: spans and metrics, for OpenTelemetry and other tools. <c>docs/telemetry.md</c> lists them.</summary>
public static class RpcTelemetry
{
    /// <summary>
    /// The name of the one <see cref="System.Diagnostics.ActivitySource"/> and the one <see cref="System.Diagnostics.Metrics.Meter"/> of this library: what
    /// <c>AddSource</c> and <c>AddMeter</c> are given.
    /// </summary>
    public const string Name = "Rpc";
}
