using Microsoft.Extensions.Logging;
using Rpc.Diagnostics;

namespace Rpc.Transport.RabbitMq;

/// <summary>
/// Keeps one service consuming. One loop owns the channel: queue and consumer are set up as one, and again, on a new channel, whenever either is lost.
/// </summary>
internal sealed class RabbitMqListener : IServiceListener
{
    private readonly ConnectionSupervisor _connections;
    private readonly RequestQueue _queue;
    private readonly IRequestReceiver _receiver;
    private readonly RpcOptions _options;
    private readonly ILogger _log;
    private readonly Backoff _backoff;
    private readonly CancellationTokenSource _stop;
    private volatile RequestChannel? _channel;
    private Task _running = Task.CompletedTask;

    public RabbitMqListener(ConnectionSupervisor connections, RequestQueue queue, IRequestReceiver receiver, RpcOptions options, ILogger log)
    {
        _connections = connections;
        _queue = queue;
        _receiver = receiver;
        _options = options;
        _log = log;
        _backoff = new Backoff($"The queue '{queue.Name}'", options.TimeProvider, log);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(connections.Stopping);
    }

    /// <summary>Consumes for the first time; from then on again whenever that is lost.</summary>
    /// <exception cref="RpcException">The broker refuses the queue; nothing is kept running.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var first = await OpenAsync(cancellationToken).ConfigureAwait(false);
        _channel = first;
        using (ExecutionContext.SuppressFlow())
        {
            _running = Task.Run(() => RunAsync(first), CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    public async Task StopAsync()
    {
        // The loop ends first, so that no new channel takes the place of the one whose consumer is cancelled here.
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        if (_channel is { } channel)
        {
            await channel.CancelConsumerAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        if (_channel is { } channel)
        {
            _channel = null;
            await channel.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task RunAsync(RequestChannel channel)
    {
        var stopping = _stop.Token;
        try
        {
            while (true)
            {
                var opened = _options.TimeProvider.GetTimestamp();
                _channel = channel;
                _log.Ready($"The queue '{_queue.Name}'");
                var reason = await channel.Lost.WaitAsync(stopping).ConfigureAwait(false);
                _log.ChannelLost($"the queue '{_queue.Name}'", reason);
                await channel.DisposeAsync().ConfigureAwait(false);
                await _backoff.AfterLossAsync(opened, reason, stopping).ConfigureAwait(false);
                channel = await _backoff.OpenAsync(OpenAsync, stopping).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The channel stays open for the replies of the calls that still run; DisposeAsync closes it.
        }
        catch (Exception exception)
        {
            _log.LoopFailed(exception, $"the queue '{_queue.Name}'");
        }
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
        return await RequestChannel.OpenAsync(connection, _queue, _receiver, _log).ConfigureAwait(false);
    }
}
