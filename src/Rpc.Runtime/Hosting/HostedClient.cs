using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Rpc.Diagnostics;

namespace Rpc.Hosting;

/// <summary>
/// Connects a client before anything else of the host starts, and closes it after everything else has stopped: so that whatever starts, runs or stops can make calls.
/// </summary>
/// <param name="services">The container.</param>
/// <param name="plan">The client.</param>
internal sealed class HostedClient(IServiceProvider services, ClientPlan plan) : IHostedLifecycleService, IDisposable
{
    private readonly List<IDisposable> _changes = [];
    private RpcClient? _client;

    /// <summary>Makes the client of a container, not connected.</summary>
    /// <param name="services">The container.</param>
    /// <param name="plan">The client.</param>
    public static RpcClient Create(IServiceProvider services, ClientPlan plan)
    {
        var options = services.GetRequiredService<IOptionsMonitor<RpcClientOptions>>().Get(plan.OptionsName).ValidatedCopy();
        foreach (var filter in plan.Filters)
        {
            options.Filters.Add(filter(services));
        }

        return RpcClient.CreateUnconnected(plan.ConnectionStringIn(services.GetService<IConfiguration>()), options);
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _client = plan.Name is null ? services.GetRequiredService<RpcClient>() : services.GetRequiredKeyedService<RpcClient>(plan.Name);
        ListenToChanges(_client);
        return _client.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        Dispose();
        if (_client is { } client)
        {
            await client.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var change in _changes)
        {
            change.Dispose();
        }

        _changes.Clear();
    }

    // Not through the options' monitor: it throws in the middle of the configuration's own reload if a value is not valid.
    private void ListenToChanges(RpcClient client)
    {
        if (services.GetService<IConfiguration>() is { } configuration)
        {
            _changes.Add(ChangeToken.OnChange(configuration.GetReloadToken, () => Reload(client)));
        }

        foreach (var source in services.GetServices<IOptionsChangeTokenSource<RpcClientOptions>>().Where(source => source.Name == plan.OptionsName))
        {
            _changes.Add(ChangeToken.OnChange(source.GetChangeToken, () => Reload(client)));
        }
    }

    private void Reload(RpcClient client)
    {
        try
        {
            client.Reload(services.GetRequiredService<IOptionsFactory<RpcClientOptions>>().Create(plan.OptionsName));
        }
        catch (Exception exception)
        {
            services.GetService<ILogger<RpcClient>>()?.ReloadFailed(plan.What, exception.Message);
        }
    }
}
