using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Rpc.TestKit.Raw;

// Each operation has a channel of its own, because one that the broker refuses closes its channel.
public sealed partial class RawPeer
{
    /// <summary>Declares a queue.</summary>
    /// <exception cref="OperationInterruptedException">The broker refused, for example because it exists with other arguments.</exception>
    public Task DeclareAsync(string queue, bool durable = true, bool autoDelete = false, IDictionary<string, object?>? arguments = null) =>
        OnOwnChannelAsync(channel => channel.QueueDeclareAsync(queue, durable, exclusive: false, autoDelete, arguments));

    /// <summary>Deletes a queue with all that is in it; one that does not exist is not an error.</summary>
    public Task DeleteAsync(string queue) => OnOwnChannelAsync(channel => channel.QueueDeleteAsync(queue, ifUnused: false, ifEmpty: false));

    /// <summary>Empties a queue and says how many messages waited in it.</summary>
    public Task<uint> PurgeAsync(string queue) => OnOwnChannelAsync(channel => channel.QueuePurgeAsync(queue));

    /// <summary>What the broker tells about a queue, or null when there is none of that name.</summary>
    public async Task<QueueCounts?> CountAsync(string queue)
    {
        try
        {
            var found = await OnOwnChannelAsync(channel => channel.QueueDeclarePassiveAsync(queue));
            return new QueueCounts(found.MessageCount, found.ConsumerCount);
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return null;
        }
    }

    async Task<T> OnOwnChannelAsync<T>(Func<IChannel, Task<T>> operation)
    {
        await using var channel = await _connection.CreateChannelAsync();
        return await operation(channel);
    }
}
