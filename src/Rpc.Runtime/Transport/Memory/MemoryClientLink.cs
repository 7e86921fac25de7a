using System.Security.Cryptography;

namespace Rpc.Transport.Memory;

/// <summary>One generation of a client's connection to the embedded broker, with a reply queue of its own.</summary>
internal sealed class MemoryClientLink : IClientLink
{
    private readonly MemoryBroker _broker;
    private readonly RpcClientOptions _options;
    private readonly string _user;
    private readonly IClientEvents _events;
    private readonly string _replyQueue = "rpc.reply." + RandomNumberGenerator.GetHexString(32, lowercase: true);
    private readonly MemoryConsumer _consumer;
    private volatile bool _open = true;

    public MemoryClientLink(MemoryBroker broker, string user, IClientEvents events, RpcClientOptions options)
    {
        _broker = broker;
        _user = user;
        _events = events;
        _options = options;
        broker.Declare(_replyQueue, expires: false);
        _consumer = broker.Consume(_replyQueue, prefetch: 0, (_, message) => events.Replied(message.ToReply()));
    }

    /// <inheritdoc/>
    public bool IsOpen => _open;

    /// <inheritdoc/>
    public bool CanSend => _open && !_broker.IsBlocked;

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
            Headers = request.Headers is { } headers ? new RpcHeaders(headers) : null,
            SentAt = request.SentAt,
            Attempt = request.Attempt,
            UserId = _options.SendUserId ? _user : null,
        };
        var message = new MemoryMessage(properties, request.Body.ToArray())
        {
            Time = _options.TimeProvider,
            Published = _options.TimeProvider.GetTimestamp(),
            IsPersistent = request.OneWay,
        };
        if (!_broker.Publish(request.Queue, message))
        {
            _events.Returned(request.CorrelationId);
        }
        else if (request.OneWay)
        {
            _events.Confirmed(request.CorrelationId, taken: true);
        }

        return new ValueTask<bool>(true);
    }

    /// <inheritdoc/>
    public ValueTask TryTellAsync(ControlMessage message)
    {
        if (_open)
        {
            var properties = new RequestProperties
            {
                ReplyTo = _replyQueue,
                CorrelationId = message.CorrelationId,
                ContentType = message.ContentType,
                AppId = Wire.AppId,
            };
            _broker.Publish(message.Queue ?? _replyQueue, new MemoryMessage(properties, []));
        }

        return default;
    }

    /// <summary>Ends the link; no reply comes through it any more when this has completed.</summary>
    public async Task CloseAsync()
    {
        _open = false;
        _consumer.Lose();
        _broker.Delete(_replyQueue);
        _broker.Cancel(_consumer, _options.TimeProvider);
        await _consumer.Completion.ConfigureAwait(false);
    }
}
