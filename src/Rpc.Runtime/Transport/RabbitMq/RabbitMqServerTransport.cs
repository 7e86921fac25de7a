using Microsoft.Extensions.Logging;

namespace Rpc.Transport.RabbitMq;

/// <summary>A server's connection to RabbitMQ: one connection, and a channel for each service.</summary>
internal sealed class RabbitMqServerTransport : IServerTransport
{
    private readonly RpcServerOptions _options;
    private readonly ILogger _log;
    private readonly ConnectionSupervisor _connections;
    private int _disposed;

    public RabbitMqServerTransport(BrokerAddress address, RpcServerOptions options)
    {
        _options = options;
        _log = options.LoggerFactory.CreateLogger<RpcServer>();
        _connections = new ConnectionSupervisor(address, options, _log);
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => _connections.StartAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<IServiceListener> ListenAsync(RequestQueue queue, IRequestReceiver receiver, CancellationToken cancellationToken)
    {
        var listener = new RabbitMqListener(_connections, queue, receiver, _options, _log);
        await listener.StartAsync(cancellationToken).ConfigureAwait(false);
        return listener;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await _connections.DisposeAsync().ConfigureAwait(false);
        }
    }
}
