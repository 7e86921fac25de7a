using System.Text;
using RabbitMQ.Client;

namespace Rpc.TestKit.Raw;

/// <summary>
/// A peer that speaks plain AMQP and knows nothing of the framework: it publishes what a test gives it, well-formed or not,
/// and reads what comes to an exclusive reply queue of its own.
/// </summary>
public sealed partial class RawPeer : IAsyncDisposable
{
    readonly IConnection _connection;
    readonly IChannel _publisher;
    readonly RawConsumer _replies;

    RawPeer(IConnection connection, IChannel publisher, RawConsumer replies)
    {
        _connection = connection;
        _publisher = publisher;
        _replies = replies;
    }

    /// <summary>The name of the reply queue, to be put into <c>reply_to</c>.</summary>
    public string ReplyQueue => _replies.Queue;

    /// <summary>Connects to a broker and opens the reply queue.</summary>
    public static async Task<RawPeer> ConnectAsync(string amqpUri)
    {
        var factory = new ConnectionFactory { Uri = new Uri(amqpUri), AutomaticRecoveryEnabled = false, ClientProvidedName = "raw test peer" };
        var connection = await factory.CreateConnectionAsync();
        try
        {
            var publisher = await connection.CreateChannelAsync();
            var replies = await RawConsumer.StartAsync(connection, $"raw.reply.{Guid.NewGuid():N}", exclusive: true, autoAck: true, prefetch: 0);
            return new RawPeer(connection, publisher, replies);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Publishes to a queue, through the default exchange, with exactly the given properties and no others.</summary>
    public Task PublishAsync(string queue, ReadOnlyMemory<byte> body, BasicProperties? properties = null) =>
        _publisher.BasicPublishAsync("", queue, mandatory: false, properties ?? new BasicProperties(), body).AsTask();

    /// <summary>Publishes a text as UTF-8.</summary>
    public Task PublishAsync(string queue, string body, BasicProperties? properties = null) =>
        PublishAsync(queue, Encoding.UTF8.GetBytes(body), properties);

    /// <summary>Publishes a request with this peer's reply queue and a new correlation id, which it returns.</summary>
    /// <param name="queue">The request queue.</param>
    /// <param name="body">Sent as UTF-8.</param>
    /// <param name="type">The message's <c>type</c>; none unless given.</param>
    /// <param name="contentType">The message's <c>content_type</c>; none unless given.</param>
    public async Task<string> RequestAsync(string queue, string body, string? type = null, string? contentType = null)
    {
        var properties = new BasicProperties { ReplyTo = ReplyQueue, CorrelationId = $"{Guid.NewGuid():N}", Type = type, ContentType = contentType };
        await PublishAsync(queue, body, properties);
        return properties.CorrelationId;
    }

    /// <summary>Answers a request as a server would: to its reply queue, with its correlation id.</summary>
    public Task ReplyAsync(RawMessage request, string body) =>
        PublishAsync(request.Properties.ReplyTo!, body, new BasicProperties { CorrelationId = request.Properties.CorrelationId });

    /// <summary>The next message in the reply queue.</summary>
    /// <exception cref="TimeoutException">None came within the deadline, ten seconds unless given.</exception>
    public Task<RawMessage> NextReplyAsync(TimeSpan? deadline = null) => _replies.NextAsync(deadline);

    /// <summary>A message that has come to the reply queue already, or null.</summary>
    public RawMessage? TryNextReply() => _replies.TryNext();

    /// <summary>Reads another queue, with manual acknowledgement: a server written by hand.</summary>
    public Task<RawConsumer> ConsumeAsync(string queue, ushort prefetch = 1) =>
        RawConsumer.StartAsync(_connection, queue, exclusive: false, autoAck: false, prefetch);

    /// <summary>Closes the connection; the reply queue and all consumers go with it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _replies.DisposeAsync();
        await _publisher.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
