using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Rpc.Server;

namespace Rpc.Hosting.Health;

/// <summary>Says how the server is, and each of its services.</summary>
/// <param name="hosted">The server; <see langword="null"/> if none was registered.</param>
internal sealed class ServerHealthCheck(HostedServer? hosted) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(Check(context.Registration.FailureStatus));

    private HealthCheckResult Check(HealthStatus failure)
    {
        if (hosted is null)
        {
            return new HealthCheckResult(failure, "There is no RPC server: AddRpcServer was not called.");
        }

        if (hosted.IsStopping || hosted.Server is not { } server)
        {
            return new HealthCheckResult(failure, hosted.IsStopping ? "The server is stopping, and takes no more calls." : "The server has not started.");
        }

        var data = new Dictionary<string, object>();
        var full = new List<string>();
        foreach (var host in server.Hosts)
        {
            var load = host.Load;
            var text = Describe(host, load.Running, load.Waiting);
            data[host.Queue.Name] = host.Problem ?? text;
            if (load.Running >= host.MaxConcurrency)
            {
                full.Add($"The queue '{host.Queue.Name}' is at its limit: {text}.");
            }
        }

        return server.Health is { IsHealthy: false } health ? new HealthCheckResult(failure, health.ToString(), data: data)
            : full.Count > 0 ? new HealthCheckResult(HealthStatus.Degraded, string.Join(' ', full), data: data)
            : new HealthCheckResult(HealthStatus.Healthy, "All services get requests.", data: data);
    }

    private static string Describe(ServiceHost host, int running, int waiting) => string.Create(
        CultureInfo.InvariantCulture, $"{running} of {host.MaxConcurrency} calls run, {waiting} of at most {host.MaxQueued} wait");
}
