using Rpc.Batching;
using Rpc.Diagnostics;

namespace Rpc.Server.Batches;

/// <summary>
/// Sends the replies to one caller together: those that have become ready while it waited for a thread. The first one queues it as one thread-pool work
/// item, so a lone reply waits for nothing. Thread-safe.
/// </summary>
/// <param name="service">The service.</param>
/// <param name="running">Its running calls.</param>
/// <param name="outstanding">Told when it has replies to send, and when it has none any more.</param>
/// <param name="way">What is done with those that cannot be dealt with here.</param>
internal sealed partial class ReplyGatherer(
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
    /// <param name="isLone">Whether no other reply is about to be ready: then it is sent from here, without a thread's turn.</param>
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

            // Here, where whoever adds the reply still runs: a server that stops waits for what runs first, and then for this.
            _scheduled = true;
            outstanding.Begin();
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
        Take();
        try
        {
            if (await TrySendAsync().ConfigureAwait(false))
            {
                running.FinishAll(_taken);
            }
        }
        catch (Exception exception)
        {
            Complain(exception); // one of them cannot be written: each for itself, then
        }

        foreach (var ready in _taken)
        {
            // Most of them wait for nothing: their message is acknowledged with the last of its calls, and that seldom waits either.
            var finishing = FinishAsync(ready);
            if (!finishing.IsCompletedSuccessfully)
            {
                await finishing.ConfigureAwait(false);
            }
        }

        if (HasMore())
        {
            Schedule();
        }
        else
        {
            outstanding.End();
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

    private void Take()
    {
        _contentType = null;
        lock (_gate)
        {
            var bytes = 0;
            while (_ready.TryPeek(out var next) && Fits(next, ref bytes))
            {
                _contentType ??= IsFault(next) ? null : next.Reply.ContentType;
                _taken.Add(_ready.Dequeue());
            }
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
