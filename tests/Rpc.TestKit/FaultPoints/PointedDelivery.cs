using Rpc.Batching;
using Rpc.Transport;

namespace Rpc.TestKit.FaultPoints;

/// <summary>A delivery that counts what becomes of it. Thread-safe.</summary>
internal sealed class PointedDelivery : IDelivery
{
    private readonly ReplyPoint _point;
    private readonly IDelivery _inner;
    private readonly RequestProperties _properties;
    private int _replies;
    private int _settled;
    private int _released;

    public PointedDelivery(ReplyPoint point, IDelivery inner)
    {
        _point = point;
        _inner = inner;
        _properties = point.Rewrites?.Invoke(inner.Properties) ?? inner.Properties;
        Calls = CallsIn(_properties.ContentType, inner.Body);
    }

    /// <summary>How many calls came with it.</summary>
    public int Calls { get; }

    /// <summary>How many terminal replies the transport has taken.</summary>
    public int Replies => Volatile.Read(ref _replies);

    /// <summary>How often it was settled, in whatever way.</summary>
    public int Settled => Volatile.Read(ref _settled);

    /// <summary>How often its body was given back.</summary>
    public int Released => Volatile.Read(ref _released);

    public bool IsLive => _inner.IsLive;

    public ref readonly RequestProperties Properties => ref _properties;

    public ReadOnlyMemory<byte> Body => _inner.Body;

    public ValueTask<bool> TryReplyAsync(ReplyMessage reply) =>
        reply.ContentType == Wire.WorkingContentType ? _inner.TryReplyAsync(reply)
        : _point.Meets is { } meets ? meets(reply, SendAsync)
        : SendAsync(reply);

    public ValueTask AcknowledgeAsync()
    {
        Interlocked.Increment(ref _settled);
        return _point.AcknowledgementMeets is { } meets ? meets(_inner.AcknowledgeAsync) : _inner.AcknowledgeAsync();
    }

    public ValueTask RejectAsync()
    {
        Interlocked.Increment(ref _settled);
        return _inner.RejectAsync();
    }

    public ValueTask HandBackAsync()
    {
        Interlocked.Increment(ref _settled);
        return _inner.HandBackAsync();
    }

    public ValueTask RequeueAsync()
    {
        Interlocked.Increment(ref _settled);
        return _inner.RequeueAsync();
    }

    public void Release()
    {
        Interlocked.Increment(ref _released);
        _inner.Release();
    }

    private async ValueTask<bool> SendAsync(ReplyMessage reply)
    {
        var sent = await _inner.TryReplyAsync(reply);
        if (sent)
        {
            Interlocked.Add(ref _replies, CallsIn(reply.ContentType, reply.Body));
        }

        return sent;
    }

    private static int CallsIn(string? contentType, ReadOnlyMemory<byte> body) =>
        contentType == BatchFormat.ContentType && Batch.TryRead(body, out var batch, out _) ? batch.Count : 1;
}
