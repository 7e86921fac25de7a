using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Rpc.Diagnostics;

namespace Rpc.Transport.RabbitMq;

/// <summary>
/// One generation of a client: a channel that sends requests and consumes their replies. The reply queue is exclusive and freshly named, so no other
/// process, and no earlier life of this one, shares it.
/// </summary>
internal sealed class RabbitMqClientLink : IClientLink, IGeneration
{
    private readonly BrokerConnection _connection;
    private readonly BrokerChannel _channel;
    private readonly IClientEvents _events;
    private readonly ILogger _log;
    private readonly string? _userId;
    private readonly Lazy<Task<ConfirmChannel>> _confirms;
    private readonly ReplyQueue _replies;
    private readonly string _replyAddress;

    private RabbitMqClientLink(
        BrokerConnection connection, BrokerChannel channel, IClientEvents events, ReplyQueue replies, string? userId, ILogger log)
    {
        _log = log;
        _userId = userId;
        _replies = replies;
        _replyAddress = replies.NextAddress();
        _confirms = new Lazy<Task<ConfirmChannel>>(OpenConfirmsAsync);
        _connection = connection;
        _channel = channel;
        _events = events;
        connection.Unblocked += events.SendingPossible;
        channel.Channel.BasicReturnAsync += OnReturnAsync;
    }

    /// <inheritdoc cref="IGeneration.IsOpen"/>
    public bool IsOpen => _channel.IsOpen;

    /// <inheritdoc/>
    public bool KeepsCalls => _replies.IsDurable;

    /// <summary>Whether it found the reply queue that an earlier link has left behind.</summary>
    public bool FindsQueue { get; private set; }

    /// <summary>Whether the broker has stopped reading.</summary>
    public bool IsBlocked => _connection.IsBlocked;

    /// <inheritdoc/>
    public bool CanSend => _channel.IsOpen && !_connection.IsBlocked;

    /// <inheritdoc/>
    public Task<Loss> Lost => _channel.Lost;

    /// <summary>Opens a link: channel, reply queue and consumer as one, ready for requests when it returns.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="events">Gets what comes.</param>
    /// <param name="replies">Where replies come to.</param>
    /// <param name="userId">The user that requests are to name; <see langword="null"/> for none.</param>
    /// <param name="log">The log.</param>
    public static async Task<RabbitMqClientLink> OpenAsync(
        BrokerConnection connection, IClientEvents events, ReplyQueue replies, string? userId, ILogger log)
    {
        var channel = await BrokerChannel.OpenAsync(connection, log).ConfigureAwait(false);
        var link = new RabbitMqClientLink(connection, channel, events, replies, userId, log);
        try
        {
            link.FindsQueue = await replies.ExistsAsync(connection, log).ConfigureAwait(false);
            await replies.ConsumeAsync(channel, link._replyAddress, new ReplyConsumer(link)).ConfigureAwait(false);
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

        var properties = new OutgoingProperties
        {
            ReplyTo = _replyAddress,
            CorrelationId = request.CorrelationId,
            Type = request.Type,
            ContentType = request.ContentType,
            AppId = request.AppId,
            UserId = _userId,
            TimeToLive = request.TimeToLive,
            Texts = request.Headers,
            SentAt = request.SentAt,
            Attempt = request.Attempt,
        };
        return _channel.TryPublishAsync(request.Queue, mandatory: true, properties, request.Body);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TryTellAsync(ControlMessage message)
    {
        if (!CanSend || (message.Queue is null && !_replies.IsReachable))
        {
            return false;
        }

        try
        {
            var properties = new OutgoingProperties
            {
                ReplyTo = _replyAddress,
                CorrelationId = message.CorrelationId,
                ContentType = message.ContentType,
                AppId = Wire.AppId,
            };
            return await _channel.TryPublishAsync(message.Queue ?? _replyAddress, mandatory: false, properties, ReadOnlyMemory<byte>.Empty).ConfigureAwait(false);
        }
        catch (ArgumentException exception)
        {
            _log.TellFailed(exception.Message); // a server gave an address that cannot be written
            return false;
        }
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

        var correlationId = request.CorrelationId.ToString();
        var properties = new BasicProperties
        {
            CorrelationId = correlationId,
            Type = request.Type,
            ContentType = request.ContentType,
            AppId = request.AppId,
            UserId = _userId,
            Headers = HeaderTable.Write(request.Headers, request.SentAt, request.Attempt),
            DeliveryMode = DeliveryModes.Persistent,
        };
        return await confirms.TryPublishAsync(request.Queue, correlationId, properties, request.Body).ConfigureAwait(false);
    }

    // Opened by the first one-way call. Its loss ends the link: what it has not confirmed is in doubt, and one end is simpler to be right about.
    private async Task<ConfirmChannel> OpenConfirmsAsync()
    {
        var confirms = await ConfirmChannel.OpenAsync(_connection, _events, _log).ConfigureAwait(false);
        _ = confirms.Lost.ContinueWith(lost => _channel.End(lost.Result.Reason), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return confirms;
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
                ReplyTo = properties.ReplyTo,
                Headers = HeaderTable.Read(properties.Headers),
            });
            return link._replies.IsDurable ? link._channel.AcknowledgeAsync(deliveryTag).AsTask() : Task.CompletedTask;
        }

        // The broker has cancelled the consumer: its queue is gone, and no reply would ever come.
        public override Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
        {
            link._channel.End("the broker cancelled the reply consumer");
            return Task.CompletedTask;
        }
    }
}
