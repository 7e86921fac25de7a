using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Rpc.Diagnostics;

namespace Rpc.Transport.RabbitMq;

/// <summary>
/// One channel, until it is lost: by the broker's closing it, by its connection's end, by its consumer's being cancelled, or by a publish that fails.
/// Thread-safe.
/// </summary>
internal sealed class BrokerChannel : IGeneration
{
    // Publishing waits only while the library's queue of 128 frames is full. If that lasts, its write loop is dead or the network is.
    private static readonly TimeSpan s_publishTimeout = TimeSpan.FromSeconds(10);

    private readonly BrokerConnection _connection;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource<Loss> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _open = true;

    private BrokerChannel(BrokerConnection connection, IChannel channel, ILogger log)
    {
        _connection = connection;
        _log = log;
        Channel = channel;
        channel.ChannelShutdownAsync += OnShutdownAsync;
        if (channel.CloseReason is { } reason)
        {
            End(LossOf(reason)); // it was closed before anybody listened
        }

        connection.Attach(this);
    }

    /// <summary>The library's channel, for declaring and consuming while it is being set up.</summary>
    public IChannel Channel { get; }

    /// <inheritdoc/>
    public bool IsOpen => _open;

    /// <inheritdoc/>
    public Task<Loss> Lost => _lost.Task;

    /// <summary>Opens a channel.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="log">The log.</param>
    /// <param name="confirms">Whether the broker confirms what is published.</param>
    public static async Task<BrokerChannel> OpenAsync(BrokerConnection connection, ILogger log, bool confirms = false) =>
        new(connection, await connection.CreateChannelAsync(confirms).ConfigureAwait(false), log);

    /// <summary>Ends the channel; the first reason stays. Only signals, so any thread may call it.</summary>
    /// <param name="reason">Why.</param>
    public void End(string reason) => End(new Loss(reason));

    /// <summary>Ends the channel; the first reason stays. Only signals, so any thread may call it.</summary>
    /// <param name="loss">Why.</param>
    public void End(Loss loss)
    {
        if (!_open)
        {
            return;
        }

        _open = false;
        _lost.TrySetResult(loss);
        _ = _ended.CancelAsync(); // frees publishes that wait for a place in the library's queue
    }

    /// <summary>Declares a queue that only this connection consumes, and consumes it; messages are settled by being delivered.</summary>
    /// <param name="queue">Its name, fresh and not to be guessed.</param>
    /// <param name="consumer">The consumer.</param>
    public async Task ConsumeOwnQueueAsync(string queue, IAsyncBasicConsumer consumer)
    {
        var arguments = new Dictionary<string, object?> { ["x-queue-type"] = "classic" };
        await Channel.QueueDeclareAsync(
            queue, durable: false, exclusive: true, autoDelete: true, arguments, passive: false, noWait: false, CancellationToken.None).ConfigureAwait(false);
        await Channel.BasicConsumeAsync(
            queue, autoAck: true, "r", noLocal: false, exclusive: true, arguments: null, consumer, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Publishes to a queue.</summary>
    /// <typeparam name="TProperties">What its properties are written by.</typeparam>
    /// <param name="queue">The queue.</param>
    /// <param name="mandatory">Whether the message comes back if there is no such queue.</param>
    /// <param name="properties">Its properties, used by this message alone: the library may write to them.</param>
    /// <param name="body">Its body.</param>
    /// <returns>
    /// <see langword="false"/> if the library provably did not take the message, because it threw before queueing it or was still waiting for a place;
    /// then the channel has ended. Otherwise <see langword="true"/>, even if the message may have been lost: the library says nothing of that.
    /// </returns>
    /// <exception cref="ArgumentException">A property cannot be written; nothing was sent, and the channel is unharmed.</exception>
    public ValueTask<bool> TryPublishAsync<TProperties>(string queue, bool mandatory, TProperties properties, ReadOnlyMemory<byte> body)
        where TProperties : IReadOnlyBasicProperties, IAmqpHeader
    {
        ValueTask publishing;
        try
        {
            // The token fires only when the channel has ended. On one with confirms 7.1.2 then miscounts them, which harms nobody any more; without the
            // token a publish that waits for a place would keep the lock that closing the channel, and so the connection, waits for.
            publishing = Channel.BasicPublishAsync(string.Empty, queue, mandatory, properties, body, _ended.Token);
        }
        catch (Exception exception) when (exception is not ArgumentException)
        {
            return new ValueTask<bool>(NotTaken(exception));
        }

        return publishing.IsCompletedSuccessfully ? new ValueTask<bool>(true) : WaitAsync(publishing.AsTask());
    }

    /// <summary>Acknowledges one delivery of this channel; does nothing when it is lost, as the broker delivers it again then.</summary>
    /// <param name="tag">The delivery.</param>
    public ValueTask AcknowledgeAsync(ulong tag)
    {
        try
        {
            return _open ? SettleAsync(Channel.BasicAckAsync(tag, multiple: false, _ended.Token)) : default;
        }
        catch (Exception exception)
        {
            End(exception.Message);
            return default;
        }
    }

    /// <summary>Refuses one delivery of this channel; does nothing when the channel is lost.</summary>
    /// <param name="tag">The delivery.</param>
    /// <param name="handBack">Whether it goes back to its queue; otherwise it is dead-lettered where that is configured, and dropped elsewhere.</param>
    public ValueTask RejectAsync(ulong tag, bool handBack)
    {
        try
        {
            return _open ? SettleAsync(Channel.BasicNackAsync(tag, multiple: false, requeue: handBack, _ended.Token)) : default;
        }
        catch (Exception exception)
        {
            End(exception.Message);
            return default;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _connection.Detach(this);
        Channel.ChannelShutdownAsync -= OnShutdownAsync;
        End("it was closed");
        try
        {
            await Channel.AbortAsync().WaitAsync(BrokerConnection.CloseTimeout).ConfigureAwait(false);
            await Channel.DisposeAsync().AsTask().WaitAsync(BrokerConnection.CloseTimeout).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _log.CloseFailed("a channel", exception.Message);
        }
    }

    private async ValueTask<bool> WaitAsync(Task publishing)
    {
        try
        {
            await EndIfStuckAsync(publishing).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return true; // in doubt, so it counts as sent
        }
        catch (Exception exception) when (exception is not ArgumentException)
        {
            return NotTaken(exception);
        }
    }

    private async Task EndIfStuckAsync(Task publishing)
    {
        while (true)
        {
            try
            {
                await publishing.WaitAsync(s_publishTimeout).ConfigureAwait(false);
                return;
            }
            catch (TimeoutException) when (_connection.IsBlocked && _open)
            {
                // The broker does not read now, and says so: callers' deadlines bound the wait.
            }
            catch (TimeoutException)
            {
                End($"a publish was stuck for {s_publishTimeout.TotalSeconds} s");
                await publishing.WaitAsync(TimeSpan.FromSeconds(1)).ConfigureAwait(false); // ends as cancelled, if it waited for a place
                return;
            }
        }
    }

    private ValueTask SettleAsync(ValueTask settling) => settling.IsCompletedSuccessfully ? default : WaitForSettlingAsync(settling.AsTask());

    private async ValueTask WaitForSettlingAsync(Task settling)
    {
        try
        {
            await EndIfStuckAsync(settling).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            End(exception.Message);
        }
    }

    private bool NotTaken(Exception exception)
    {
        End(exception.Message);
        return false;
    }

    private Task OnShutdownAsync(object sender, ShutdownEventArgs reason)
    {
        End(LossOf(reason));
        return Task.CompletedTask;
    }

    // What the broker closes a channel for when it was asked for something that it does not do.
    private static Loss LossOf(ShutdownEventArgs reason) => new(
        reason.ReplyText,
        Refused: reason.Initiator == ShutdownInitiator.Peer
            && reason.ReplyCode is Constants.AccessRefused or Constants.NotFound or Constants.ResourceLocked or Constants.PreconditionFailed);
}
