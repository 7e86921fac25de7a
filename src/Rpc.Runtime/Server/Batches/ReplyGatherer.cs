using Rpc.Batching;
using Rpc.Diagnostics;
using Rpc.Transport;

namespace Rpc.Server.Batches;

/// <summary>
/// Sends the replies to one caller together: those that have become ready while it waited for a thread. The first one queues it as one thread-pool work
/// item, so a lone reply waits for nothing. Thread-safe.
/// </summary>
/// <param name="service">The service.</param>
/// <param name="running">Its running calls.</param>
/// <param name="outstanding">Told of each reply that was dealt with.</param>
/// <param name="way">What is done with those that cannot be dealt with here.</param>
internal sealed class ReplyGatherer(
    ServiceContext service, RunningCalls running, Outstanding outstanding, SingleReplies way) : IThreadPoolWorkItem
{
    // Length, kind, flags, two numbers, and the lengths of headers.
    private const int FrameOverhead = 32;

    private readonly Lock _gate = new();
    private readonly Queue<ReadyReply> _ready = new();
    private readonly List<ReadyReply> _taken = [];
    private bool _scheduled;
    private bool _retired;
    private string? _contentType;

    /// <summary>Adds a reply.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="isLone">Whether the service runs nothing else: then it is sent from here, without a thread's turn.</param>
    /// <returns><see langword="false"/> if this gatherer is out of use.</returns>
    public bool TryAdd(in ReadyReply reply, bool isLone)
    {
        lock (_gate)
        {
            if (_retired)
            {
                return false;
            }

            _ready.Enqueue(reply);
            if (_scheduled)
            {
                return true;
            }

            _scheduled = true;
        }

        if (isLone)
        {
            _ = SendReadyAsync();
        }
        else
        {
            Schedule();
        }

        return true;
    }

    /// <summary>Goes out of use, if there is nothing to send.</summary>
    public bool TryRetire()
    {
        lock (_gate)
        {
            return _retired = !_scheduled;
        }
    }

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute() => _ = SendReadyAsync();

    private async Task SendReadyAsync()
    {
        if (!TryTake())
        {
            return;
        }

        var sent = false;
        try
        {
            sent = await TrySendAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            service.Log.ServingFailed(exception, service.Contract.Service); // one of them cannot be written: each for itself, then
        }

        foreach (var ready in _taken)
        {
            await FinishAsync(ready, sent).ConfigureAwait(false);
            outstanding.End();
        }

        if (HasMore())
        {
            Schedule();
        }
    }

    // Behind what waits for a thread, so that more replies become ready first.
    private void Schedule() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    private bool HasMore()
    {
        lock (_gate)
        {
            _taken.Clear(); // an idle gatherer keeps no call alive
            return _scheduled = _ready.Count > 0;
        }
    }

    private async ValueTask<bool> TrySendAsync()
    {
        using var writer = new BatchWriter();
        var message = _taken[0].Through.Message;
        Begin(writer, message);
        foreach (var ready in _taken)
        {
            writer.BeginFrame(FrameKind.Reply, IsFault(ready) ? FrameFlags.Fault : FrameFlags.None, ready.Through.Number);
            writer.WriteNumber(ready.Call.HasBegun ? (ulong)Math.Max(1, ready.Call.HandlerTime.TotalMicroseconds) : 0);
            writer.WriteHeaders(ready.Reply.Headers);
            writer.EndFrame(ready.Reply.Body.Span);
        }

        var reply = new ReplyMessage(CorrelationId: null, BatchFormat.ContentType, writer.Written) { AppId = Wire.AppId };
        return await message.Delivery.TryReplyAsync(reply).ConfigureAwait(false);
    }

    private void Begin(BatchWriter writer, BatchedMessage message)
    {
        Span<byte> nonce = stackalloc byte[BatchFormat.NonceBytes];
        message.WriteNonce(nonce);
        writer.Begin(nonce, sentAt: 0, _contentType ?? service.Serializer.ContentType);
    }

    // What is out of the ordinary, a connection that was lost or a call that has another delivery now, goes the way of single replies.
    private async ValueTask FinishAsync(ReadyReply ready, bool sent)
    {
        try
        {
            if (sent && running.TryFinish(ready.Call, ready.Through, ready.Reply))
            {
                ready.Call.IsAnswered = true;
                await ready.Through.AcknowledgeAsync().ConfigureAwait(false);
                ready.Call.Dispose();
                return;
            }
        }
        catch (Exception exception)
        {
            service.Log.ServingFailed(exception, service.Contract.Service);
        }

        if (ready.Call.IsAnswered)
        {
            await way.SettleAsync(ready.Call).ConfigureAwait(false);
        }
        else
        {
            way.SendAlone(ready.Call, ready.Reply);
        }
    }

    private static bool IsFault(in ReadyReply ready) => ready.Reply.ContentType == Wire.FaultContentType;

    private bool TryTake()
    {
        _taken.Clear();
        _contentType = null;
        lock (_gate)
        {
            var bytes = 0;
            while (_ready.TryPeek(out var next) && Fits(next, ref bytes))
            {
                _contentType ??= IsFault(next) ? null : next.Reply.ContentType;
                _taken.Add(_ready.Dequeue());
            }

            if (_taken.Count > 0)
            {
                return true;
            }

            _scheduled = false;
            return false;
        }
    }

    // One format and one client a batch: what is for another life of the same address goes with the next.
    private bool Fits(in ReadyReply next, ref int bytes)
    {
        bytes += FrameOverhead + next.Reply.Body.Length + ((next.Reply.Headers as RpcHeaders)?.Bytes ?? 0);
        return _taken.Count == 0
            || (_taken.Count < BatchFormat.MaxFrames
                && bytes <= BatchFormat.MaxBytes
                && (IsFault(next) || _contentType is null || next.Reply.ContentType == _contentType)
                && next.Through.Message.IsSameClient(_taken[0].Through.Message));
    }
}
