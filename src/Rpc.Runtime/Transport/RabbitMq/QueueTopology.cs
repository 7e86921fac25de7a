using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Rpc.Transport.RabbitMq;

/// <summary>Declares or checks request queues. Each attempt has a channel of its own, since a refusal closes the channel it is asked on.</summary>
internal static class QueueTopology
{
    /// <summary>Does with the queue what its <see cref="RequestQueue.Topology"/> says.</summary>
    public static Task EnsureAsync(BrokerConnection connection, RequestQueue queue, ILogger log) => queue.Topology switch
    {
        RpcTopology.None => Task.CompletedTask,
        RpcTopology.Passive => CheckAsync(connection, queue, log),
        RpcTopology.DeclareIfMissing => DeclareIfMissingAsync(connection, queue, log),
        _ => DeclareAsync(connection, queue, log),
    };

    /// <summary>Counts what is in a queue.</summary>
    /// <returns><see langword="null"/> if there is no such queue.</returns>
    public static async Task<QueueState?> QueryAsync(BrokerConnection connection, string queue, ILogger log)
    {
        QueueDeclareOk? counts = null;
        try
        {
            await OnOwnChannelAsync(
                connection, log, async channel => counts = await channel.QueueDeclarePassiveAsync(queue, CancellationToken.None).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return null;
        }

        return new QueueState(counts!.MessageCount, (int)counts.ConsumerCount);
    }

    /// <summary>Deletes a queue.</summary>
    public static Task DeleteAsync(BrokerConnection connection, string queue, ILogger log) => OnOwnChannelAsync(
        connection, log, channel => channel.QueueDeleteAsync(queue, ifUnused: false, ifEmpty: false, noWait: false, CancellationToken.None));

    private static async Task DeclareIfMissingAsync(BrokerConnection connection, RequestQueue queue, ILogger log)
    {
        try
        {
            await CheckAsync(connection, queue, log).ConfigureAwait(false);
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            try
            {
                await DeclareAsync(connection, queue, log).ConfigureAwait(false);
            }
            catch (OperationInterruptedException differs) when (differs.ShutdownReason?.ReplyCode == Constants.PreconditionFailed)
            {
                // Somebody else has declared it in between, in another way: then it is taken as it is.
                await CheckAsync(connection, queue, log).ConfigureAwait(false);
            }
        }
    }

    private static Task CheckAsync(BrokerConnection connection, RequestQueue queue, ILogger log) =>
        OnOwnChannelAsync(connection, log, channel => channel.QueueDeclarePassiveAsync(queue.Name, CancellationToken.None));

    private static Task DeclareAsync(BrokerConnection connection, RequestQueue queue, ILogger log) =>
        OnOwnChannelAsync(connection, log, channel => channel.QueueDeclareAsync(
            queue.Name, durable: true, exclusive: false, autoDelete: false, Arguments(queue), passive: false, noWait: false, CancellationToken.None));

    // Durable, since RabbitMQ 4.3 closes the connection of whoever declares a transient queue that is not exclusive. Other than these two arguments
    // everything is left to the broker's policies, which can be changed without declaring the queue anew. A shared queue has none: foreign programs
    // declare theirs in their own way, and any argument of ours would be a difference.
    private static Dictionary<string, object?>? Arguments(RequestQueue queue) => queue.Shared
        ? null
        : new Dictionary<string, object?>
        {
            ["x-queue-type"] = queue.Type == RpcQueueType.Quorum ? "quorum" : "classic",
            ["x-expires"] = (long)queue.Expiry.TotalMilliseconds,
        };

    private static async Task OnOwnChannelAsync(BrokerConnection connection, ILogger log, Func<IChannel, Task> ask)
    {
        var channel = await BrokerChannel.OpenAsync(connection, log).ConfigureAwait(false);
        await using (channel.ConfigureAwait(false))
        {
            await ask(channel.Channel).ConfigureAwait(false);
        }
    }
}
