using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Rpc.Transport.RabbitMq;

/// <summary>
/// Publishes one-way messages and tells when the broker has them. The broker counts a channel's messages from one and confirms them by number; so
/// numbering and publishing are one step, done by one publisher at a time.
/// </summary>
internal sealed class ConfirmChannel : IAsyncDisposable
{
    private readonly BrokerChannel _channel;
    private readonly IClientEvents _events;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, string> _unconfirmed = [];
    private ulong _last;
    private ulong _settled; // everything up to this number is confirmed

    private ConfirmChannel(BrokerChannel channel, IClientEvents events)
    {
        _channel = channel;
        _events = events;
        channel.Channel.BasicAcksAsync += OnAckAsync;
        channel.Channel.BasicNacksAsync += OnNackAsync;
        channel.Channel.BasicReturnAsync += OnReturnAsync;
    }

    /// <summary>Completes with the reason when the channel is lost.</summary>
    public Task<Loss> Lost => _channel.Lost;

    /// <summary>Opens the channel.</summary>
    public static async Task<ConfirmChannel> OpenAsync(BrokerConnection connection, IClientEvents events, ILogger log) =>
        new(await BrokerChannel.OpenAsync(connection, log, confirms: true).ConfigureAwait(false), events);

    /// <summary>Publishes a message; <see cref="IClientEvents.Confirmed"/> or <see cref="IClientEvents.Returned"/> follows.</summary>
    /// <returns><see langword="false"/> if the library provably did not take it; then the channel has ended.</returns>
    public async ValueTask<bool> TryPublishAsync(string queue, string correlationId, BasicProperties properties, ReadOnlyMemory<byte> body)
    {
        // A publish ends within a bounded time, so this wait does.
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            lock (_gate)
            {
                // Before it is published: the confirmation may come before this thread goes on.
                _unconfirmed.Add(++_last, correlationId);
            }

            return await _channel.TryPublishAsync(queue, mandatory: true, properties, body).ConfigureAwait(false);
        }
        catch (ArgumentException exception)
        {
            // Nothing was sent, so from here on our numbers are not the broker's.
            _channel.End(exception.Message);
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _channel.DisposeAsync();

    private Task OnAckAsync(object sender, BasicAckEventArgs ack) => SettleAsync(ack.DeliveryTag, ack.Multiple, taken: true);

    private Task OnNackAsync(object sender, BasicNackEventArgs nack) => SettleAsync(nack.DeliveryTag, nack.Multiple, taken: false);

    // The broker returns a message before it confirms it, so its call has ended when the confirmation comes.
    private Task OnReturnAsync(object sender, BasicReturnEventArgs returned)
    {
        _events.Returned(returned.BasicProperties.CorrelationId);
        return Task.CompletedTask;
    }

    // On the connection's read loop: it ends calls, whose continuations run elsewhere.
    private Task SettleAsync(ulong number, bool multiple, bool taken)
    {
        for (var settled = multiple ? _settled + 1 : number; settled <= number; settled++)
        {
            string? correlationId;
            lock (_gate)
            {
                _unconfirmed.Remove(settled, out correlationId);
            }

            if (correlationId is not null)
            {
                _events.Confirmed(correlationId, taken);
            }
        }

        if (multiple)
        {
            _settled = Math.Max(_settled, number);
        }

        return Task.CompletedTask;
    }
}
