namespace Rpc.Integration.Tests.Faults;

/// <summary>How a <see cref="Rig"/> is set up, where that differs from the defaults.</summary>
internal sealed record RigSettings
{
    public RpcClientOptions Client { get; init; } = new() { Timeout = TimeSpan.FromMinutes(1) };

    public RpcServerOptions Server { get; init; } = new() { DrainTimeout = TimeSpan.FromSeconds(2) };

    public RpcServiceOptions Service { get; init; } = new();

    /// <summary>Whether there is a server in this process.</summary>
    public bool Serves { get; init; } = true;
}
