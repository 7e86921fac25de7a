using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Rpc.Hosting;

/// <summary>Starts the server with the host, in the order of registration, and drains it when the host stops, while clients can still call.</summary>
/// <param name="services">The container.</param>
/// <param name="plan">The server.</param>
internal sealed class HostedServer(IServiceProvider services, ServerPlan plan) : IHostedService
{
    private volatile RpcServer? _server;
    private volatile bool _isStopping;

    /// <summary>The server; <see langword="null"/> before it has started.</summary>
    public RpcServer? Server => _server;

    /// <summary>Whether it does not take calls any more.</summary>
    public bool IsStopping => _isStopping;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var scopes = services.GetRequiredService<IServiceScopeFactory>();
        var configuration = services.GetService<IConfiguration>();
        var options = services.GetRequiredService<IOptionsMonitor<RpcServerOptions>>().CurrentValue;
        await plan.TryServicesAsync(scopes).ConfigureAwait(false);
        services.GetRequiredService<ServerEnd>();
        _server = await RpcServer.StartAsync(
            plan.ConnectionStringIn(configuration), served => plan.AddTo(served, scopes, configuration), options, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        if (_server is { } server)
        {
            await server.StopAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
