using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RabbitMQ.Client;
using Rpc.Bench.Contract;

namespace Rpc.Bench.Contenders.HandWritten;

/// <summary>The hand-written server: runs each request as it comes, replies, acknowledges.</summary>
internal sealed class HandWrittenServer(IChannel channel, IWork service) : AsyncDefaultBasicConsumer(channel)
{
    /// <inheritdoc/>
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
        // Not awaited: a handler that waits holds up nobody. The argument is read before the library takes its buffer back.
        _ = properties.Type switch
        {
            nameof(IWork.Next) => ServeAsync(service.Next(Read(body, BenchJson.Default.Int32)), BenchJson.Default.Int32, deliveryTag, properties),
            nameof(IWork.Echo) => ServeAsync(service.Echo(Read(body, BenchJson.Default.Parcel)), BenchJson.Default.Parcel, deliveryTag, properties),
            _ => ServeAsync(service.Pause(Read(body, BenchJson.Default.Int32)), BenchJson.Default.Int32, deliveryTag, properties),
        };
        return Task.CompletedTask;
    }

    private static T Read<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> json) => JsonSerializer.Deserialize(body.Span, json)!;

    private async Task ServeAsync<T>(Task<T> handler, JsonTypeInfo<T> json, ulong deliveryTag, IReadOnlyBasicProperties request)
    {
        var result = await handler;
        var body = JsonBuffer.Rent();
        var properties = new BasicProperties { CorrelationId = request.CorrelationId, ContentType = "application/json" };
        await Channel.BasicPublishAsync(string.Empty, request.ReplyTo!, mandatory: false, properties, body.Write(result, json));
        body.Return();
        await Channel.BasicAckAsync(deliveryTag, multiple: false);
    }
}
