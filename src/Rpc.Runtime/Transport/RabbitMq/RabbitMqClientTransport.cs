using Microsoft.Extensions.Logging;
using Rpc.Diagnostics;

namespace Rpc.Transport.RabbitMq;

/// <summary>A client's connection to RabbitMQ, and on it a link: both are opened again whenever they are lost.</summary>
internal sealed class RabbitMqClientTransport : IClientTransport
{
    private readonly BrokerAddress _address;
    private readonly RpcClientOptions _options;
    private readonly ILogger _log;
    private readonly KeptOpen<BrokerConnection> _connections;
    private readonly ReplyQueue _replies;
    private KeptOpen<RabbitMqClientLink>? _links;
    private IClientEvents? _events;
    private int _disposed;

    public RabbitMqClientTransport(BrokerAddress address, RpcClientOptions options)
    {
        _address = address;
        _options = options;
        _log = options.CreateLog<RpcClient>();
        _replies = new ReplyQueue(options);
        _connections = new KeptOpen<BrokerConnection>(
            $"The connection to {address.Display}", token => BrokerConnection.OpenAsync(address, options, _log, token), options, _log);
    }

    /// <inheritdoc/>
    public BrokerEndpoint? Endpoint => _address.Endpoint;

    /// <inheritdoc/>
    public IClientLink? Link => _links?.Current;

    /// <inheritdoc/>
    public LinkState State => _links is { Current: { } link } links
        ? new LinkState(true, link.IsBlocked, links.Since)
        : new LinkState(false, false, (_links?.Since ?? _connections.Since));

    /// <inheritdoc/>
    public IReadOnlyList<string> Problems =>
        [.. new[] { _connections.Problem ?? _links?.Problem, State.IsBlocked ? $"The broker {_address.Display} does not read: it is short of memory or disk." : null }.OfType<string>()];

    /// <inheritdoc/>
    public async Task StartAsync(IClientEvents events, CancellationToken cancellationToken)
    {
        _events = events;
        _links = new KeptOpen<RabbitMqClientLink>("The reply queue", OpenAsync, _options, _log, _connections.Stopping)
        {
            Opened = link =>
            {
                if (link is { KeepsCalls: true, FindsQueue: false })
                {
                    events.RepliesLost(link, new Loss("the reply queue has expired or was deleted"));
                }

                events.SendingPossible();
            },
            Ended = events.LinkLost,
            Reopened = () => ClientTelemetry.Reconnected(_address.Endpoint),
        };
        await _connections.StartAsync(cancellationToken).ConfigureAwait(false);
        await _links.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<QueueState?> QueryAsync(string queue)
    {
        var connection = _connections.Current ?? throw new InvalidOperationException("there is no connection");

        // Not waited for any longer, and left to end by itself: cancelling an operation of the library's harms the channel it is on.
        return await QueueTopology.QueryAsync(connection, queue, _log).WaitAsync(_options.ConnectTimeout, _options.TimeProvider).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _connections.Current?.AbandonIfBlocked();
        if (_links is { } links)
        {
            var last = links.Current;
            await links.DisposeAsync().ConfigureAwait(false);
            if (last is not null)
            {
                _events!.LinkLost(last, new Loss("the client was disposed"));
            }
        }

        await DeleteReplyQueueAsync().ConfigureAwait(false);

        await _connections.DisposeAsync().ConfigureAwait(false);
    }

    // It would expire by itself; so what goes wrong here is not worth an error.
    private async Task DeleteReplyQueueAsync()
    {
        try
        {
            if (_connections.Current is { } connection)
            {
                await _replies.DeleteAsync(connection, _log).WaitAsync(BrokerConnection.CloseTimeout).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            _log.CloseFailed("the reply queue", exception.Message);
        }
    }

    private async Task<RabbitMqClientLink> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = await _connections.GetAsync(cancellationToken).ConfigureAwait(false);
        return await Opening.WithinAsync(
            RabbitMqClientLink.OpenAsync(connection, _events!, _replies, _options.SendUserId ? _address.User : null, _log),
            _options,
            exception => BrokerFailures.ReplyQueue(exception),
            _log,
            cancellationToken).ConfigureAwait(false);
    }
}
