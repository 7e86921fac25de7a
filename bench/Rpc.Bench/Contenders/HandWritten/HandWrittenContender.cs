using RabbitMQ.Client;

namespace Rpc.Bench.Contenders.HandWritten;

/// <summary>
/// What somebody who knows RabbitMQ.Client well writes by hand: one message a call, an exclusive reply queue, an acknowledgement each, no confirms; and no
/// deadlines, no cancellation, no recovery and no failure that says what happened.
/// </summary>
internal sealed class HandWrittenContender(string id, string title) : Contender
{
    /// <inheritdoc/>
    public override string Id => id;

    /// <inheritdoc/>
    public override string Title => title;

    /// <inheritdoc/>
    public override async Task<RunningServer> ServeAsync(ServerSetup setup)
    {
        var connection = await ConnectAsync(setup.Address);
        var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(setup.Queue, durable: true, exclusive: false, autoDelete: false);
        await channel.BasicQosAsync(0, (ushort)setup.Concurrency, global: false);
        await channel.BasicConsumeAsync(setup.Queue, autoAck: false, new HandWrittenServer(channel, setup.Service));
        return new RunningServer(setup.Address, connection.DisposeAsync);
    }

    /// <inheritdoc/>
    public override async Task<ConnectedClient> ConnectAsync(string address, string queue)
    {
        var connection = await ConnectAsync(address);
        var channel = await connection.CreateChannelAsync();
        var replies = await channel.QueueDeclareAsync(); // exclusive, and named by the broker
        var client = new HandWrittenClient(channel, queue, replies.QueueName);
        await channel.BasicConsumeAsync(replies.QueueName, autoAck: true, client);
        return new ConnectedClient(client, connection.DisposeAsync);
    }

    private static Task<IConnection> ConnectAsync(string address) =>
        new ConnectionFactory { Uri = new Uri(address), AutomaticRecoveryEnabled = false }.CreateConnectionAsync();
}
