using System.Security.Cryptography;

namespace Rpc.Transport.Memory;

/// <summary>A client's connection to the embedded broker: one link, open until the client is disposed.</summary>
internal sealed class MemoryClientTransport(string name, RpcClientOptions options) : IClientTransport, IClientLink
{
    private MemoryBroker? _broker;
    private readonly string _replyQueue = "rpc.reply." + RandomNumberGenerator.GetHexString(32, lowercase: true);
    private IClientEvents? _events;
    private MemoryConsumer? _consumer;
    private volatile bool _open;
    private int _disposed;

    /// <inheritdoc/>
    public IClientLink? Link => _open ? this : null;

    /// <inheritdoc/>
    public bool IsOpen => _open;

    /// <inheritdoc/>
    public bool CanSend => _open;

    /// <inheritdoc/>
    public Task StartAsync(IClientEvents events, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _events = events;
        _broker = MemoryBroker.Attach(name);
        _broker.Declare(_replyQueue, expires: false);
        _consumer = _broker.Consume(_replyQueue, prefetch: 0, (_, message) => Received(message));
        _open = true;
        events.SendingPossible();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<bool> TrySendAsync(RequestMessage request)
    {
        if (!_open)
        {
            return new ValueTask<bool>(false);
        }

        var properties = new RequestProperties
        {
            ReplyTo = request.OneWay ? null : _replyQueue,
            CorrelationId = request.CorrelationId,
            Type = request.Type,
            ContentType = request.ContentType,
            AppId = request.AppId,
            TimeToLive = request.TimeToLive > 0 ? request.TimeToLive : null,
        };
        var message = new MemoryMessage(properties, request.Body.ToArray())
        {
            Time = options.TimeProvider,
            Published = options.TimeProvider.GetTimestamp(),
        };
        if (!_broker!.Publish(request.Queue, message))
        {
            _events!.Returned(request.CorrelationId);
        }
        else if (request.OneWay)
        {
            _events!.Confirmed(request.CorrelationId, taken: true);
        }

        return new ValueTask<bool>(true);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _open = false;
        if (_broker is not { } broker)
        {
            return; // never started
        }

        broker.Delete(_replyQueue);
        if (_consumer is { } consumer)
        {
            broker.Cancel(consumer, options.TimeProvider);
            await consumer.Completion.ConfigureAwait(false);
        }

        _events?.LinkLost(this, "the client was disposed");
        broker.Detach();
    }

    private void Received(MemoryMessage message) => _events!.Replied(
        new ReplyMessage(message.Properties.CorrelationId, message.Properties.ContentType, message.Body)
        {
            ContentEncoding = message.Properties.ContentEncoding,
        });
}
