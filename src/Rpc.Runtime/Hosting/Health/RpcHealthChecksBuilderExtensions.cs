using Microsoft.Extensions.Diagnostics.HealthChecks;
using Rpc;
using Rpc.Hosting;
using Rpc.Hosting.Health;

// The namespace of all such methods: they show wherever services are registered.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds RPC clients and servers to the health checks of a program.</summary>
public static class RpcHealthChecksBuilderExtensions
{
    /// <summary>
    /// Checks a client: connected, its replies on their way, the broker reading. The check is called <c>rpc-client</c>, or <c>rpc-client-{name}</c>. Its data say
    /// <c>connected</c>, <c>blocked</c> and, if anything is wrong, the <c>reason</c>. It asks nobody, so it may run as often as one likes.
    /// </summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The name that the client was registered with; <see langword="null"/> for the client without one.</param>
    /// <param name="failureStatus">What a client is that is not healthy; <see langword="null"/> for <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">Tags of the check; <see langword="null"/> for none.</param>
    /// <returns><paramref name="builder"/>.</returns>
    public static IHealthChecksBuilder AddRpcClient(
        this IHealthChecksBuilder builder, string? name = null, HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name is null ? "rpc-client" : $"rpc-client-{name}",
            services => new ClientHealthCheck(name is null ? services.GetService<RpcClient>() : services.GetKeyedService<RpcClient>(name), name),
            failureStatus,
            tags));
    }

    /// <summary>
    /// Checks the server: started, connected, and each service getting requests. A service that runs as many calls as it may makes it
    /// <see cref="HealthStatus.Degraded"/>. The check is called <c>rpc-server</c>. Its data have an entry for each request queue, which says how many calls run
    /// and wait, or what is wrong.
    /// </summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="failureStatus">What a server is that is not healthy; <see langword="null"/> for <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">Tags of the check; <see langword="null"/> for none.</param>
    /// <returns><paramref name="builder"/>.</returns>
    public static IHealthChecksBuilder AddRpcServer(this IHealthChecksBuilder builder, HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            "rpc-server", static services => new ServerHealthCheck(services.GetService<HostedServer>()), failureStatus, tags));
    }
}
