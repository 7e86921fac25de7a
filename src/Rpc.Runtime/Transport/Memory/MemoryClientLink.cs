using System.Runtime.InteropServices;

namespace Rpc.Transport.Memory;

/// <summary>One generation of a client's connection to the embedded broker, with a reply queue of its own.</summary>
internal sealed partial class MemoryClientLink : IClientLink
{
    private readonly MemoryBroker _broker;
    private readonly RpcClientOptions _options;
    private readonly string _user;
    private readonly IClientEvents _events;
    private readonly Action<Loss> _lose;
    private readonly string _replyQueue;
    private readonly MemoryConsumer _consumer;
    private volatile bool _open = true;

    public MemoryClientLink(MemoryBroker broker, string replyQueue, string user, IClientEvents events, Action<Loss> lose, RpcClientOptions options)
    {
        _lose = lose;
        _replyQueue = replyQueue;
        _broker = broker;
        _user = user;
        _events = events;
        _options = options;
        broker.Declare(_replyQueue);
        _consumer = broker.ConsumeReplies(_replyQueue, events.Replied);
    }

    /// <inheritdoc/>
    public bool TakesBatches => _broker.Tap is null;

    /// <inheritdoc/>
    public bool IsOpen => _open;

    /// <inheritdoc/>
    public bool KeepsCalls => _options.ReplyMode == RpcReplyMode.Durable;

    /// <inheritdoc/>
    public bool CanSend => _open && !_broker.IsBlocked;

    /// <inheritdoc/>
    public ValueTask<bool> TrySendAsync(RequestMessage request)
    {
        if (!_open)
        {
            return new ValueTask<bool>(false);
        }

        var correlationId = request.CorrelationId;
        var properties = new RequestProperties
        {
            ReplyTo = request.OneWay ? null : _replyQueue,
            CorrelationId = correlationId,
            Type = request.Type,
            ContentType = request.ContentType,
            AppId = request.AppId,
            TimeToLive = request.TimeToLive > 0 ? request.TimeToLive : null,
            Headers = request.Headers is RpcHeaders headers ? new RpcHeaders(headers) : request.Headers,
            SentAt = request.SentAt,
            Attempt = request.Attempt,
            IsPersistent = request.OneWay,
            UserId = _options.SendUserId ? _user : null,
        };
        var message = new MemoryMessage(properties, BodyOf(request))
        {
            Time = _options.TimeProvider,
            Published = _options.TimeProvider.GetTimestamp(),
        };
        if (_broker.Tap is { } tap)
        {
            Meet(tap, request.Queue, message, correlationId);
        }
        else
        {
            Publish(request.Queue, message, correlationId);
        }

        return new ValueTask<bool>(true);
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryTellAsync(ControlMessage message)
    {
        var open = _open;
        if (open)
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

        return new ValueTask<bool>(open);
    }

    private static byte[] BodyOf(in RequestMessage request) =>
        request.KeepsBody && MemoryMarshal.TryGetArray(request.Body, out var body) && body.Count == body.Array!.Length ? body.Array : request.Body.ToArray();

    private void Publish(string queue, MemoryMessage message, in CorrelationId correlationId)
    {
        if (!_broker.Publish(queue, message))
        {
            _events.Returned(correlationId);
        }
        else if (message.Properties.IsPersistent)
        {
            _events.Confirmed(correlationId, taken: true);
        }
    }

    /// <summary>Ends the link; no reply comes through it any more when this has completed.</summary>
    /// <param name="keepQueue">Whether the reply queue is left for the next link.</param>
    public async Task CloseAsync(bool keepQueue)
    {
        _open = false;
        _consumer.Lose();
        if (!keepQueue)
        {
            _broker.Delete(_replyQueue);
        }

        _broker.Cancel(_consumer, _options.TimeProvider);

        // What comes of it, such as telling whoever listens, is not for the thread that holds the transport's lock.
        await _consumer.Completion.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
    }
}
