using Microsoft.Extensions.Logging;
using Rpc.Diagnostics;

namespace Rpc.Transport.RabbitMq;

/// <summary>Consumes one request queue: declares it and consumes it as one unit, and does both again whenever that is lost.</summary>
internal sealed class RabbitMqListener : IServiceListener
{
    private readonly KeptOpen<BrokerConnection> _connections;
    private readonly RequestQueue _queue;
    private readonly IRequestReceiver _receiver;
    private readonly RpcOptions _options;
    private readonly RequestReader _reader;
    private readonly ILogger _log;
    private readonly KeptOpen<RequestChannel> _channels;

    public RabbitMqListener(KeptOpen<BrokerConnection> connections, RequestQueue queue, IRequestReceiver receiver, RpcServerOptions options, BrokerEndpoint broker, ILogger log)
    {
        _connections = connections;
        _queue = queue;
        _receiver = receiver;
        _options = options;
        _reader = new RequestReader(options, brokerCounts: queue is { Type: RpcQueueType.Quorum, Topology: RpcTopology.Declare, Shared: false });
        _log = log;
        _channels = new KeptOpen<RequestChannel>($"The queue '{queue.Name}'", OpenAsync, options, log, connections.Stopping)
        {
            Reopened = () => ServerTelemetry.Reconnected(broker, queue.Name),
        };
    }

    /// <inheritdoc/>
    public string? Problem => _channels.Problem;

    /// <summary>Consumes for the first time; from then on again whenever that is lost.</summary>
    /// <exception cref="RpcException">The broker refuses the queue; nothing is kept running.</exception>
    public Task StartAsync(CancellationToken cancellationToken) => _channels.StartAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask TryNotifyAsync(string address, ReplyMessage notice)
    {
        if (_channels.Current is { } channel && ReplyAddress.IsAllowed(address, redelivered: true))
        {
            await channel.TryReplyAsync(address, notice).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TryReplyLateAsync(string address, ReplyMessage reply, CancellationToken cancellationToken)
    {
        // The address may be what has cost the last connection; see ReplyAddress.
        if (!ReplyAddress.IsAllowed(address, redelivered: true))
        {
            return false;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _channels.Stopping); // then no next one comes
        try
        {
            while (true)
            {
                var channel = await _channels.GetAsync(either.Token).ConfigureAwait(false);
                if (await channel.TryReplyAsync(address, reply).ConfigureAwait(false))
                {
                    return true;
                }
            }
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async Task StopAsync()
    {
        // The loop ends first, so that no new channel takes the place of the one whose consumer is cancelled here.
        await _channels.StopAsync().ConfigureAwait(false);
        if (_channels.Current is { } channel)
        {
            await channel.CancelConsumerAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _connections.Current?.AbandonIfBlocked(); // all is drained by now that can be
        await StopAsync().ConfigureAwait(false);
        await _channels.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<RequestChannel> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = await _connections.GetAsync(cancellationToken).ConfigureAwait(false);
        return await Opening.WithinAsync(
            OpenOnAsync(connection), _options, exception => BrokerFailures.Queue(_queue.Name, exception), _log, cancellationToken).ConfigureAwait(false);
    }

    private async Task<RequestChannel> OpenOnAsync(BrokerConnection connection)
    {
        await QueueTopology.EnsureAsync(connection, _queue, _log).ConfigureAwait(false);
        return await RequestChannel.OpenAsync(connection, _queue, _receiver, _reader, _log).ConfigureAwait(false);
    }
}
