namespace Rpc.Transport;

/// <summary>Where a broker is, for telemetry: nothing of how one logs in there.</summary>
/// <param name="System">OpenTelemetry's name of the broker; <see langword="null"/> for the embedded one, which has none.</param>
/// <param name="Address">The host's name, or that of the embedded broker.</param>
/// <param name="Port">The port, an <see cref="int"/> boxed once for all calls; <see langword="null"/> if there is none.</param>
internal sealed record BrokerEndpoint(string? System, string Address, object? Port);
