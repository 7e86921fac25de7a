using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using Rpc.Diagnostics;

namespace Rpc.Transport.RabbitMq;

/// <summary>One generation of a service: a channel that consumes its requests, sends their replies and acknowledges them, in that order.</summary>
internal sealed class RequestChannel : IGeneration
{
    private const string ConsumerTag = "s";

    private readonly BrokerChannel _channel;
    private readonly string _queue;
    private readonly IRequestReceiver _receiver;
    private readonly RequestReader _reader;
    private readonly ILogger _log;
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RequestChannel(BrokerChannel channel, string queue, IRequestReceiver receiver, RequestReader reader, ILogger log)
    {
        _queue = queue;
        _channel = channel;
        _receiver = receiver;
        _reader = reader;
        _log = log;
    }

    /// <inheritdoc/>
    public Task<Loss> Lost => _channel.Lost;

    /// <inheritdoc/>
    public bool IsOpen => _channel.IsOpen;

    /// <summary>Opens the channel and consumes; requests are coming when it returns.</summary>
    public static async Task<RequestChannel> OpenAsync(
        BrokerConnection connection, RequestQueue queue, IRequestReceiver receiver, RequestReader reader, ILogger log)
    {
        var requests = new RequestChannel(await BrokerChannel.OpenAsync(connection, log).ConfigureAwait(false), queue.Name, receiver, reader, log);
        try
        {
            var channel = requests._channel.Channel;
            await channel.BasicQosAsync(0, queue.Prefetch, global: false, CancellationToken.None).ConfigureAwait(false);
            await channel.BasicConsumeAsync(
                queue.Name, autoAck: false, ConsumerTag, noLocal: false, exclusive: false, arguments: null, new Consumer(requests), CancellationToken.None)
                .ConfigureAwait(false);
            return requests;
        }
        catch
        {
            await requests.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Stops consuming. When it returns, every request that came has been handed to the receiver.</summary>
    public async Task CancelConsumerAsync()
    {
        if (!_channel.IsOpen || _cancelled.Task.IsCompleted)
        {
            return;
        }

        try
        {
            await _channel.Channel.BasicCancelAsync(ConsumerTag, noWait: false, CancellationToken.None).WaitAsync(BrokerConnection.CloseTimeout).ConfigureAwait(false);

            // The broker's answer overtakes requests that the library has received and not handed over yet. The consumer's own notice comes after them.
            await Task.WhenAny(_cancelled.Task, _channel.Lost).WaitAsync(BrokerConnection.CloseTimeout).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _log.CloseFailed("a consumer", exception.Message);
        }
    }

    /// <summary>Sends a reply.</summary>
    /// <returns><see langword="false"/> if the channel is lost, so that the broker delivers the request again.</returns>
    public ValueTask<bool> TryReplyAsync(string address, in ReplyMessage reply)
    {
        if (!_channel.IsOpen)
        {
            return new ValueTask<bool>(false);
        }

        var properties = new OutgoingProperties
        {
            CorrelationId = reply.CorrelationId,
            ContentType = reply.ContentType,
            AppId = reply.AppId,
            ReplyTo = reply.ReplyTo,
            Texts = reply.Headers,
        };
        return _channel.TryPublishAsync(address, mandatory: false, properties, reply.Body);
    }

    /// <summary>Puts a copy of a request at the end of the queue.</summary>
    /// <param name="original">Its properties.</param>
    /// <param name="deliveries">How often it was delivered.</param>
    /// <param name="body">Its body.</param>
    /// <returns><see langword="false"/> if the channel is lost.</returns>
    public ValueTask<bool> TryRequeueAsync(IReadOnlyBasicProperties original, int deliveries, ReadOnlyMemory<byte> body)
    {
        // Without the user: the broker takes nobody's but this connection's own.
        var properties = new BasicProperties(original)
        {
            UserId = null,
            Headers = HeaderTable.ForCopy(original.Headers, deliveries),
        };
        return _channel.TryPublishAsync(_queue, mandatory: false, properties, body);
    }

    public ValueTask AcknowledgeAsync(ulong tag) => _channel.AcknowledgeAsync(tag);

    public ValueTask RejectAsync(ulong tag, bool handBack) => _channel.RejectAsync(tag, handBack);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _channel.DisposeAsync();

    private sealed class Consumer(RequestChannel requests) : AsyncDefaultBasicConsumer(requests._channel.Channel)
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
            // The library still hands over what it had received when the channel was lost. Nothing of it can be answered or acknowledged, and the broker
            // gives it to another server, so it must not run here.
            if (requests._channel.IsOpen)
            {
                var read = requests._reader.Read(properties, redelivered, body.Length);
                requests._receiver.Received(new RabbitMqDelivery(requests, deliveryTag, read, read.Problem is null ? body : default, read.Redelivered ? properties : null));
            }

            return Task.CompletedTask;
        }

        public override Task HandleBasicCancelOkAsync(string consumerTag, CancellationToken cancellationToken = default)
        {
            requests._cancelled.TrySetResult();
            return Task.CompletedTask;
        }

        // The broker has cancelled the consumer: the queue was deleted or has moved.
        public override Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
        {
            requests._channel.End("the broker cancelled the consumer");
            return Task.CompletedTask;
        }
    }
}
