using Rpc.Batching;
using Rpc.Diagnostics;
using Rpc.Transport;

namespace Rpc.Calls;

/// <content>What is sent of a call, and what is known of that.</content>
internal abstract partial class PendingCall
{
    // Length, kind, flags, three numbers, and the lengths of the texts.
    private const int FrameOverhead = 32;

    /// <summary>Makes the message that asks for this call, with what is left of its deadline now.</summary>
    /// <param name="now">The time, in the clock's timestamps.</param>
    public RequestMessage ToRequest(long now)
    {
        var left = Math.Max(1, (long)LeftAt(now).TotalMilliseconds);

        // A one-way message outlives its caller's deadline: that covers the hand-over only.
        var unlimited = _target.Method.OneWay || left > Wire.MaxTimeToLiveMs;
        var id = _target.Calls.Ids.Of(Number);
        return _target.Bare
            ? new RequestMessage(_target.Queue, id, unlimited ? 0 : left, Payload.Written) { KeepsBody = Payload.IsSmall, OneWay = _target.Method.OneWay, Headers = Headers }
            : new RequestMessage(_target.Queue, id, unlimited ? 0 : left, Payload.Written)
            {
                KeepsBody = Payload.IsSmall,
                OneWay = _target.Method.OneWay,
                Type = _target.Method.Type,
                ContentType = _target.Serializer.ContentType,
                AppId = Wire.AppId,
                Headers = Headers,
                Attempt = Attempt,

                // With it the server can tell how long the request was under way, and need not believe that it has just been sent.
                SentAt = unlimited ? null : _target.Calls.TimeOfDay,
            };
    }

    /// <summary>Whether the call can be written as a frame. One-way calls go by themselves, each with a confirmation of its own.</summary>
    public bool CanBeFramed => !_target.Bare && !_target.Method.OneWay;

    /// <summary>
    /// Whether it can share a batch with others. An attempt after the first goes alone, since it may be what the servers are lost by; so does a call that is
    /// acknowledged before it runs, since that is done for a message as a whole.
    /// </summary>
    public bool CanShare => CanBeFramed && Attempt == 1 && !_target.Method.AckBeforeRun;

    /// <summary>About how many bytes the call takes in a batch.</summary>
    public int FrameSize => FrameOverhead + _target.Method.Name.Length + Payload.Written.Length + TracedHeaders.BytesOf(Headers);

    /// <summary>The link the request was sent through.</summary>
    public IClientLink? Link => Volatile.Read(ref _way) switch // one look: the sender may be changing it
    {
        SentBatch batch => batch.Link,
        var way => (IClientLink?)way,
    };

    /// <summary>The batch it was sent in last; <see langword="null"/> if it was sent by itself.</summary>
    public SentBatch? Batch => Volatile.Read(ref _way) as SentBatch;

    /// <summary>Writes the call as a frame, with what is left of its deadline now.</summary>
    /// <param name="writer">The batch.</param>
    /// <param name="now">The time, in the clock's timestamps.</param>
    /// <returns>What is left, in milliseconds; 0 if that is more than a message can say.</returns>
    public long Write(BatchWriter writer, long now)
    {
        var left = Math.Max(1, (long)LeftAt(now).TotalMilliseconds);
        writer.BeginFrame(FrameKind.Request, FrameFlags.RefuseIfUnknown, Number);
        writer.WriteText(_target.Method.Name);
        writer.WriteNumber((ulong)left);
        writer.WriteNumber((ulong)Attempt);
        writer.WriteHeaders(Headers);
        writer.EndFrame(Payload.Written.Span);
        return left > Wire.MaxTimeToLiveMs ? 0 : left;
    }

    /// <summary>Marks the request as sent, just before its bytes are handed over: from here on the call may have run.</summary>
    /// <param name="link">The link it goes through.</param>
    /// <param name="batch">The batch it goes in; <see langword="null"/> if it goes by itself.</param>
    /// <returns><see langword="false"/> if the call has ended, so nothing must be sent.</returns>
    public bool TryMarkSent(IClientLink link, SentBatch? batch = null)
    {
        _way = batch is null ? link : batch; // before the state: whoever sees "sent" must see through which link and in which batch
        return Interlocked.CompareExchange(ref _state, Sent, Waiting) == Waiting;
    }

    /// <summary>Takes <see cref="TryMarkSent"/> back, because the bytes provably were not taken.</summary>
    /// <returns><see langword="false"/> if the call has ended meanwhile.</returns>
    public bool TryMarkWaiting() => Interlocked.CompareExchange(ref _state, Waiting, Sent) == Sent;

    /// <summary>Sends the call once more, because the batch that it was in could not be read; nothing happens if it has ended.</summary>
    public void SendAgain()
    {
        try
        {
            Payload.Share(); // for the sender
        }
        catch (ObjectDisposedException)
        {
            return; // it has ended in this very moment
        }

        Sender.PutBack(this);
        Sender.Resume();
    }

    /// <summary>Whether the request was sent through this link, and the call has not ended.</summary>
    /// <param name="link">The link.</param>
    public bool IsSentThrough(IClientLink link) => Volatile.Read(ref _state) == Sent && ReferenceEquals(Link, link);

    /// <summary>Whether the call's reply can come although the link is lost. A one-way call waits for a confirmation, which is its link's own.</summary>
    /// <param name="link">The link it was sent through.</param>
    public bool Outlives(IClientLink link) => link.KeepsCalls && !_target.Method.OneWay;
}
