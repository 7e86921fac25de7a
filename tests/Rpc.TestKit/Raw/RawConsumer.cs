using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Rpc.TestKit.Raw;

/// <summary>Reads a queue message by message, on a channel of its own.</summary>
public sealed class RawConsumer : IAsyncDisposable
{
    static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(10);

    readonly IChannel _channel;
    readonly Channel<RawMessage> _messages = Channel.CreateUnbounded<RawMessage>();

    RawConsumer(IChannel channel, string queue)
    {
        _channel = channel;
        Queue = queue;
    }

    /// <summary>The queue it reads.</summary>
    public string Queue { get; }

    /// <summary>The next message, waiting for it if need be.</summary>
    /// <exception cref="TimeoutException">None came within the deadline, ten seconds unless given.</exception>
    /// <exception cref="ChannelClosedException">The broker ended the consumer, its channel or its connection.</exception>
    public async Task<RawMessage> NextAsync(TimeSpan? deadline = null)
    {
        var limit = deadline ?? DefaultDeadline;
        using var expired = new CancellationTokenSource(limit);
        try
        {
            return await _messages.Reader.ReadAsync(expired.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"No message came to {Queue} within {limit.TotalSeconds} s.");
        }
    }

    /// <summary>A message that has come already, or null.</summary>
    public RawMessage? TryNext() => _messages.Reader.TryRead(out var message) ? message : null;

    /// <summary>Acknowledges this one message.</summary>
    public ValueTask AckAsync(RawMessage message) => _channel.BasicAckAsync(message.DeliveryTag, multiple: false);

    /// <summary>Hands this one message back to the queue, or drops it.</summary>
    public ValueTask NackAsync(RawMessage message, bool requeue) => _channel.BasicNackAsync(message.DeliveryTag, multiple: false, requeue);

    /// <summary>Stops consuming; messages that were not acknowledged go back to the queue.</summary>
    public ValueTask DisposeAsync() => _channel.DisposeAsync();

    internal static async Task<RawConsumer> StartAsync(IConnection connection, string queue, bool exclusive, bool autoAck, ushort prefetch)
    {
        var channel = await connection.CreateChannelAsync();
        if (exclusive)
            queue = (await channel.QueueDeclareAsync(queue, durable: false, exclusive: true, autoDelete: true)).QueueName;
        if (prefetch > 0)
            await channel.BasicQosAsync(0, prefetch, global: false);
        var consumer = new RawConsumer(channel, queue);
        await channel.BasicConsumeAsync(queue, autoAck, new Sink(channel, consumer._messages.Writer));
        return consumer;
    }

    sealed class Sink(IChannel channel, ChannelWriter<RawMessage> messages) : AsyncDefaultBasicConsumer(channel)
    {
        public override Task HandleBasicDeliverAsync(
            string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey,
            IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
        {
            // The library takes the body's memory back when this returns.
            messages.TryWrite(new RawMessage(body.ToArray(), new BasicProperties(properties), deliveryTag, redelivered));
            return Task.CompletedTask;
        }

        // Called for every end that is not ours: the queue was deleted, the channel or the connection closed.
        protected override Task OnCancelAsync(string[] consumerTags, CancellationToken cancellationToken = default)
        {
            messages.TryComplete();
            return base.OnCancelAsync(consumerTags, cancellationToken);
        }

        public override Task HandleChannelShutdownAsync(object channel, RabbitMQ.Client.Events.ShutdownEventArgs reason)
        {
            messages.TryComplete(new OperationInterruptedException(reason));
            return base.HandleChannelShutdownAsync(channel, reason);
        }
    }
}
