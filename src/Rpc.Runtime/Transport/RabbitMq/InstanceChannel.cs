using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Rpc.Transport.RabbitMq;

/// <summary>One generation of a server's instance queue, to which callers send their cancellations.</summary>
internal sealed class InstanceChannel : IGeneration
{
    private readonly BrokerChannel _channel;

    private InstanceChannel(BrokerChannel channel) => _channel = channel;

    /// <summary>The queue: exclusive and freshly named, so that only those know it whom this server has told.</summary>
    public string Queue { get; } = Wire.InstanceQueuePrefix + RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <inheritdoc/>
    public bool IsOpen => _channel.IsOpen;

    /// <inheritdoc/>
    public Task<Loss> Lost => _channel.Lost;

    /// <summary>Opens the channel, declares the queue and consumes it.</summary>
    public static async Task<InstanceChannel> OpenAsync(BrokerConnection connection, ICancelReceiver receiver, ILogger log)
    {
        var instance = new InstanceChannel(await BrokerChannel.OpenAsync(connection, log).ConfigureAwait(false));
        try
        {
            await instance._channel.ConsumeOwnQueueAsync(instance.Queue, new Consumer(instance, receiver)).ConfigureAwait(false);
            return instance;
        }
        catch
        {
            await instance.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _channel.DisposeAsync();

    private sealed class Consumer(InstanceChannel instance, ICancelReceiver receiver) : AsyncDefaultBasicConsumer(instance._channel.Channel)
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
            if (properties.ContentType == Wire.CancelContentType)
            {
                receiver.Cancelled(properties.ReplyTo, properties.CorrelationId);
            }

            return Task.CompletedTask;
        }

        public override Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
        {
            instance._channel.End("the broker cancelled the consumer of the instance queue");
            return Task.CompletedTask;
        }
    }
}
