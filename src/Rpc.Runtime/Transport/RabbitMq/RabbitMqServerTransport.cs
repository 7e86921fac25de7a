using Microsoft.Extensions.Logging;

namespace Rpc.Transport.RabbitMq;

/// <summary>A server's connection to RabbitMQ: one connection, a channel for each service, and one for cancellations.</summary>
internal sealed class RabbitMqServerTransport : IServerTransport
{
    private readonly BrokerAddress _address;
    private readonly RpcServerOptions _options;
    private readonly ILogger _log;
    private readonly KeptOpen<BrokerConnection> _connections;
    private KeptOpen<InstanceChannel>? _instances;
    private int _disposed;

    public RabbitMqServerTransport(BrokerAddress address, RpcServerOptions options)
    {
        _address = address;
        _options = options;
        _log = options.CreateLog<RpcServer>();
        _connections = new KeptOpen<BrokerConnection>(
            $"The connection to {address.Display}", token => BrokerConnection.OpenAsync(address, options, _log, token), options, _log);
    }

    /// <inheritdoc/>
    public BrokerEndpoint? Endpoint => _address.Endpoint;

    /// <inheritdoc/>
    public string? InstanceQueue => _instances?.Current?.Queue;

    /// <inheritdoc/>
    public IReadOnlyList<string> Problems =>
        [.. new[] { _connections.Problem, _connections.Current?.IsBlocked == true ? $"The broker {_address.Display} does not read: it is short of memory or disk." : null }.OfType<string>()];

    /// <inheritdoc/>
    public async Task StartAsync(ICancelReceiver receiver, CancellationToken cancellationToken)
    {
        await _connections.StartAsync(cancellationToken).ConfigureAwait(false);

        // Not waited for: a server that may not have such a queue serves all the same, only that its calls cannot be cancelled.
        _instances = new KeptOpen<InstanceChannel>("The instance queue", token => OpenInstanceAsync(receiver, token), _options, _log, _connections.Stopping);
        _instances.Start();
    }

    /// <inheritdoc/>
    public async Task<IServiceListener> ListenAsync(RequestQueue queue, IRequestReceiver receiver, CancellationToken cancellationToken)
    {
        var listener = new RabbitMqListener(_connections, queue, receiver, _options, _address.Endpoint, _log);
        await listener.StartAsync(cancellationToken).ConfigureAwait(false);
        return listener;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _connections.Current?.AbandonIfBlocked();
            if (_instances is { } instances)
            {
                await instances.DisposeAsync().ConfigureAwait(false);
            }

            await _connections.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<InstanceChannel> OpenInstanceAsync(ICancelReceiver receiver, CancellationToken cancellationToken)
    {
        var connection = await _connections.GetAsync(cancellationToken).ConfigureAwait(false);
        return await Opening.WithinAsync(
            InstanceChannel.OpenAsync(connection, receiver, _log), _options, exception => BrokerFailures.Queue("rpc.instance.…", exception), _log, cancellationToken)
            .ConfigureAwait(false);
    }
}
