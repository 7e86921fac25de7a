using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Rpc.Transport.RabbitMq;

/// <summary>
/// One generation of a client: a channel that sends requests and consumes their replies. The reply queue is exclusive and freshly named, so no other
/// process, and no earlier life of this one, shares it.
/// </summary>
internal sealed class RabbitMqClientLink : IClientLink, IAsyncDisposable
{
    private readonly BrokerConnection _connection;
    private readonly BrokerChannel _channel;
    private readonly IClientEvents _events;
    private readonly ILogger _log;
    private readonly Lazy<Task<ConfirmChannel>> _confirms;
    private readonly string _replyQueue = "rpc.reply." + RandomNumberGenerator.GetHexString(32, lowercase: true);

    private RabbitMqClientLink(BrokerConnection connection, BrokerChannel channel, IClientEvents events, ILogger log)
    {
        _log = log;
        _confirms = new Lazy<Task<ConfirmChannel>>(OpenConfirmsAsync);
        _connection = connection;
        _channel = channel;
        _events = events;
        connection.Unblocked += events.SendingPossible;
        channel.Channel.BasicReturnAsync += OnReturnAsync;
    }

    /// <inheritdoc/>
    public bool IsOpen => _channel.IsOpen;

    /// <inheritdoc/>
    public bool CanSend => _channel.IsOpen && !_connection.IsBlocked;

    /// <summary>Completes with the reason when the link is lost.</summary>
    public Task<string> Lost => _channel.Lost;

    /// <summary>Opens a link: channel, reply queue and consumer as one, ready for requests when it returns.</summary>
    public static async Task<RabbitMqClientLink> OpenAsync(BrokerConnection connection, IClientEvents events, ILogger log)
    {
        var channel = await BrokerChannel.OpenAsync(connection, log).ConfigureAwait(false);
        var link = new RabbitMqClientLink(connection, channel, events, log);
        try
        {
            await link.ConsumeRepliesAsync().ConfigureAwait(false);
            return link;
        }
        catch
        {
            await link.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> TrySendAsync(RequestMessage request)
    {
        if (request.OneWay)
        {
            return TrySendOneWayAsync(request);
        }

        var properties = new BasicProperties
        {
            ReplyTo = _replyQueue,
            CorrelationId = request.CorrelationId,
            Type = request.Type,
            ContentType = request.ContentType,
            AppId = request.AppId,
            Expiration = request.TimeToLive > 0 ? request.TimeToLive.ToString(CultureInfo.InvariantCulture) : null,
        };
        return _channel.TryPublishAsync(request.Queue, mandatory: true, properties, request.Body);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _connection.Unblocked -= _events.SendingPossible;
        await _channel.DisposeAsync().ConfigureAwait(false);
        if (_confirms is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } opened })
        {
            await opened.Result.DisposeAsync().ConfigureAwait(false);
        }
    }

    // Persistent and without a time to live: the broker keeps it for a server that comes later, as long as its queue lives.
    private async ValueTask<bool> TrySendOneWayAsync(RequestMessage request)
    {
        ConfirmChannel confirms;
        try
        {
            confirms = await _confirms.Value.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _channel.End($"no channel for one-way messages: {exception.Message}");
            return false;
        }

        var properties = new BasicProperties
        {
            CorrelationId = request.CorrelationId,
            Type = request.Type,
            ContentType = request.ContentType,
            AppId = request.AppId,
            DeliveryMode = DeliveryModes.Persistent,
        };
        return await confirms.TryPublishAsync(request.Queue, request.CorrelationId, properties, request.Body).ConfigureAwait(false);
    }

    // Opened by the first one-way call. Its loss ends the link: what it has not confirmed is in doubt, and one end is simpler to be right about.
    private async Task<ConfirmChannel> OpenConfirmsAsync()
    {
        var confirms = await ConfirmChannel.OpenAsync(_connection, _events, _log).ConfigureAwait(false);
        _ = confirms.Lost.ContinueWith(lost => _channel.End(lost.Result), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return confirms;
    }

    private async Task ConsumeRepliesAsync()
    {
        var arguments = new Dictionary<string, object?> { ["x-queue-type"] = "classic" };
        await _channel.Channel.QueueDeclareAsync(
            _replyQueue, durable: false, exclusive: true, autoDelete: true, arguments, passive: false, noWait: false, CancellationToken.None).ConfigureAwait(false);
        await _channel.Channel.BasicConsumeAsync(
            _replyQueue, autoAck: true, "r", noLocal: false, exclusive: true, arguments: null, new ReplyConsumer(this), CancellationToken.None).ConfigureAwait(false);
    }

    // On the connection's read loop: it ends a call, whose continuation runs elsewhere.
    private Task OnReturnAsync(object sender, BasicReturnEventArgs returned)
    {
        _events.Returned(returned.BasicProperties.CorrelationId);
        return Task.CompletedTask;
    }

    private sealed class ReplyConsumer(RabbitMqClientLink link) : AsyncDefaultBasicConsumer(link._channel.Channel)
    {
        public override Task HandleBasicDeliverAsync(
            string consumerTag,
            ulong deliveryTag,
            bool redelivered,
            string exchange,
            string routingKey,
            IReadOnlyBasicProperties properties,
            ReadOnlyMemory<byte> body,
            CancellationToken cancellationToken = default)
        {
            link._events.Replied(new ReplyMessage(properties.CorrelationId, properties.ContentType, body)
            {
                AppId = properties.AppId,
                ContentEncoding = properties.ContentEncoding,
            });
            return Task.CompletedTask;
        }

        // The broker has cancelled the consumer: its queue is gone, and no reply would ever come.
        public override Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
        {
            link._channel.End("the broker cancelled the reply consumer");
            return Task.CompletedTask;
        }
    }
}
