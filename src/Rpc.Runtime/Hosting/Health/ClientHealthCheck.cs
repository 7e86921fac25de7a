using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Rpc.Hosting.Health;

/// <summary>Says how a client is.</summary>
/// <param name="client">The client; <see langword="null"/> if none was registered.</param>
/// <param name="name">The client's name, if it has one.</param>
internal sealed class ClientHealthCheck(RpcClient? client, string? name) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(Check(context.Registration.FailureStatus));

    private HealthCheckResult Check(HealthStatus failure)
    {
        if (client is null)
        {
            return new HealthCheckResult(failure, name is null
                ? "There is no RPC client: AddRpcClient was not called."
                : $"There is no RPC client '{name}': AddKeyedRpcClient was not called with this name.");
        }

        var state = client.State;
        var health = client.Health;
        var data = new Dictionary<string, object> { ["connected"] = state.IsConnected, ["blocked"] = state.IsBlocked };
        if (health.IsHealthy)
        {
            return new HealthCheckResult(HealthStatus.Healthy, "The client is connected.", data: data);
        }

        data["reason"] = health.ToString();
        return new HealthCheckResult(failure, health.ToString(), data: data);
    }
}
