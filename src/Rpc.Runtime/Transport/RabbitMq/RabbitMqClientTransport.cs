using Microsoft.Extensions.Logging;
using Rpc.Diagnostics;

namespace Rpc.Transport.RabbitMq;

/// <summary>A client's connection to RabbitMQ. One loop owns the link: it opens one, waits until it is lost, opens the next.</summary>
internal sealed class RabbitMqClientTransport : IClientTransport
{
    private readonly RpcClientOptions _options;
    private readonly ILogger _log;
    private readonly ConnectionSupervisor _connections;
    private readonly Backoff _backoff;
    private volatile RabbitMqClientLink? _link;
    private Task _running = Task.CompletedTask;
    private int _disposed;

    public RabbitMqClientTransport(BrokerAddress address, RpcClientOptions options)
    {
        _options = options;
        _log = options.LoggerFactory.CreateLogger<RpcClient>();
        _connections = new ConnectionSupervisor(address, options, _log);
        _backoff = new Backoff("The reply queue", options.TimeProvider, _log);
    }

    /// <inheritdoc/>
    public IClientLink? Link => _link is { IsOpen: true } link ? link : null;

    /// <inheritdoc/>
    public async Task StartAsync(IClientEvents events, CancellationToken cancellationToken)
    {
        await _connections.StartAsync(cancellationToken).ConfigureAwait(false);
        var first = await OpenAsync(events, cancellationToken).ConfigureAwait(false);
        _link = first; // before the loop starts: a call right after connecting must find it
        using (ExecutionContext.SuppressFlow())
        {
            _running = Task.Run(() => RunAsync(events, first), CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await _connections.DisposeAsync().ConfigureAwait(false);
            await _running.ConfigureAwait(false);
        }
    }

    private async Task RunAsync(IClientEvents events, RabbitMqClientLink link)
    {
        var stopping = _connections.Stopping;
        try
        {
            while (true)
            {
                var opened = _options.TimeProvider.GetTimestamp();
                _link = link;
                events.SendingPossible();
                var reason = await link.Lost.WaitAsync(stopping).ConfigureAwait(false);
                events.LinkLost(link, reason);
                _log.ChannelLost("the reply queue", reason);
                await link.DisposeAsync().ConfigureAwait(false);
                await _backoff.AfterLossAsync(opened, reason, stopping).ConfigureAwait(false);
                link = await _backoff.OpenAsync(token => OpenAsync(events, token), stopping).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await link.DisposeAsync().ConfigureAwait(false);
            events.LinkLost(link, "the client was disposed");
        }
        catch (Exception exception)
        {
            _log.LoopFailed(exception, "the reply queue");
        }
    }

    private async Task<RabbitMqClientLink> OpenAsync(IClientEvents events, CancellationToken cancellationToken)
    {
        var connection = await _connections.GetAsync(cancellationToken).ConfigureAwait(false);
        return await Opening.WithinAsync(
            RabbitMqClientLink.OpenAsync(connection, events, _log), _options, exception => BrokerFailures.ReplyQueue(exception), _log, cancellationToken).ConfigureAwait(false);
    }
}
