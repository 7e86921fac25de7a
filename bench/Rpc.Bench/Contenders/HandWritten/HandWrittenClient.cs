using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using RabbitMQ.Client;
using Rpc.Bench.Contract;

namespace Rpc.Bench.Contenders.HandWritten;

/// <summary>The hand-written client: a table of calls by number, and a consumer of the replies.</summary>
internal sealed class HandWrittenClient(IChannel channel, string queue, string replyQueue) : AsyncDefaultBasicConsumer(channel), IWork
{
    private readonly ConcurrentDictionary<long, PendingReply> _pending = new();
    private readonly CachedString _queue = new(queue);
    private long _lastNumber;

    /// <inheritdoc/>
    public Task<int> Next(int number) => CallAsync(nameof(Next), number, BenchJson.Default.Int32);

    /// <inheritdoc/>
    public Task<Parcel> Echo(Parcel parcel) => CallAsync(nameof(Echo), parcel, BenchJson.Default.Parcel);

    /// <inheritdoc/>
    public Task<int> Pause(int number) => CallAsync(nameof(Pause), number, BenchJson.Default.Int32);

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
        if (long.TryParse(properties.CorrelationId, CultureInfo.InvariantCulture, out var number) && _pending.TryRemove(number, out var reply))
        {
            reply.Complete(body);
        }

        return Task.CompletedTask;
    }

    private Task<T> CallAsync<T>(string method, T argument, JsonTypeInfo<T> json)
    {
        var number = Interlocked.Increment(ref _lastNumber);
        var reply = new PendingReply<T>(json);
        _pending[number] = reply;
        var properties = new BasicProperties
        {
            CorrelationId = number.ToString(CultureInfo.InvariantCulture),
            ReplyTo = replyQueue,
            Type = method,
            ContentType = "application/json",
        };
        var body = JsonBuffer.Rent();
        var publishing = Channel.BasicPublishAsync(CachedString.Empty, _queue, mandatory: false, properties, body.Write(argument, json));
        if (publishing.IsCompletedSuccessfully)
        {
            body.Return();
        }
        else
        {
            _ = FinishAsync(publishing, body, reply); // the library's queue is full
        }

        return reply.Task;
    }

    private static async Task FinishAsync(ValueTask publishing, JsonBuffer body, PendingReply reply)
    {
        try
        {
            await publishing;
        }
        catch (Exception exception)
        {
            reply.Fail(exception);
        }

        body.Return();
    }
}
