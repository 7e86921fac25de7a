using Rpc.Batching;
using Rpc.Transport;

namespace Rpc.Calls;

/// <summary>
/// Sends the calls of one request queue, in order. Callers only add: the first one to find the sender at rest queues it as one thread-pool work item,
/// which takes what waits until nothing does. So what waits together travels together, and a lone call waits for nothing. Calls that wait belong to
/// the queue, not to a link: they outlive any number of lost connections, until their deadlines.
/// </summary>
internal sealed partial class RequestSender : IThreadPoolWorkItem
{
    private readonly IClientTransport _transport;
    private readonly PendingCalls _calls;
    private readonly Lock _gate = new();
    private readonly CallList _waiting = new();
    private readonly List<PendingCall> _taken = [];
    private bool _scheduled;

    public RequestSender(IClientTransport transport, PendingCalls calls, BatchPolicy policy)
    {
        _transport = transport;
        _calls = calls;
        Policy = policy;
    }

    /// <summary>Which calls travel together.</summary>
    public BatchPolicy Policy { get; }

    /// <summary>Whether nothing is being sent.</summary>
    public bool IsAtRest
    {
        get
        {
            lock (_gate)
            {
                return !_scheduled;
            }
        }
    }

    /// <summary>Adds a call at the end.</summary>
    /// <param name="call">The call; from here on the sender owns a share of its payload.</param>
    /// <param name="isLone">
    /// Whether the client has no other call under way: then there is nothing that it could travel with, and it is sent from here, without a thread's turn.
    /// </param>
    public void Add(PendingCall call, bool isLone = false)
    {
        lock (_gate)
        {
            if (!TryLink(call, first: false))
            {
                return;
            }
        }

        if (!TryBegin())
        {
            return;
        }

        if (isLone)
        {
            // What goes on after the first wait is this sender's, and carries nothing of the caller's.
            CleanContext.Run(static sender => _ = ((RequestSender)sender!).SendWaitingAsync(onCallersThread: true), this);
        }
        else
        {
            Schedule();
        }
    }

    /// <summary>Looks again whether there is something to send and a way to send it.</summary>
    public void Resume()
    {
        if (TryBegin())
        {
            Schedule();
        }
    }

    /// <summary>Takes out a call that has ended while it waited.</summary>
    /// <param name="call">The call; nothing happens if it is not waiting here.</param>
    public void Drop(PendingCall call)
    {
        lock (_gate)
        {
            if (!call.InSender)
            {
                return;
            }

            _waiting.Remove(call);
        }

        call.Payload.Dispose();
    }

    /// <summary>Puts a call back to the front that was sent and provably has not arrived.</summary>
    /// <param name="call">The call; nothing happens if it has ended.</param>
    public void PutBack(PendingCall call)
    {
        if (!call.TryMarkWaiting())
        {
            call.Payload.Dispose();
            return;
        }

        lock (_gate)
        {
            TryLink(call, first: true);
        }
    }

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute() => _ = SendWaitingAsync(onCallersThread: false);

    // Unsafe means without the caller's execution context: no request's trace or ambient values leak into this sender. And behind everything that waits for
    // a thread, so that the callers whose replies have just come can add their next calls first.
    private void Schedule() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    private async Task SendWaitingAsync(bool onCallersThread)
    {
        while (TryTake(out var link))
        {
            var together = _taken is not [var alone] || (MayBatch(link) && alone.CanBeFramed && !(onCallersThread && GainsNothing(alone)));
            try
            {
                if (together)
                {
                    await SendTogetherAsync(link).ConfigureAwait(false);
                }
                else
                {
                    await SendAloneAsync(_taken[0], link).ConfigureAwait(false);
                }
            }
            catch (Exception exception)
            {
                Fail(exception); // nothing is expected here; but this sender must not end, or whatever comes after waits for its deadline
            }

            // When others have had their turn, so that more have come; and a caller's thread sends its own call and not everybody's.
            if ((together || onCallersThread) && HasMore())
            {
                Schedule();
                return;
            }
        }
    }

    private bool TryBegin()
    {
        lock (_gate)
        {
            return !_scheduled && _waiting.First is not null && (_scheduled = true);
        }
    }

    private bool HasMore()
    {
        lock (_gate)
        {
            return _waiting.First is not null;
        }
    }

    private bool TryTake(out IClientLink link)
    {
        _taken.Clear();
        lock (_gate)
        {
            // Read inside the lock: a link that opens after this look calls Resume, which then finds the sender at rest.
            link = _transport.Link!;
            if (_waiting.First is null || link is not { CanSend: true })
            {
                _scheduled = false;
                return false;
            }

            Take(_waiting.First);
            if (MayBatch(link))
            {
                TakeCompany(_taken[0]);
            }

            return true;
        }
    }

    private bool MayBatch(IClientLink link) => Policy.IsOn && link.TakesBatches;

    // By itself it costs both sides less than as a batch of one, the envelope of which is for what its reply says of its method.
    private static bool GainsNothing(PendingCall lone) => lone.Target.Cost.IsFresh(lone.Target.Time.GetTimestamp());

    private void TakeCompany(PendingCall first)
    {
        var (spent, bytes, cap) = (0.0, first.FrameSize, Policy.Cap);
        var now = first.Target.Time.GetTimestamp();
        if (!first.CanShare || !BatchPolicy.TryJoin(first.Target.Cost, now, ref spent))
        {
            return;
        }

        while (_taken.Count < cap
            && _waiting.First is { CanShare: true } next
            && next.Target.Method.Service == first.Target.Method.Service
            && next.Target.Serializer.ContentType == first.Target.Serializer.ContentType
            && (bytes += next.FrameSize) <= BatchFormat.MaxBytes
            && BatchPolicy.TryJoin(next.Target.Cost, now, ref spent))
        {
            Take(next);
        }
    }

    private void Take(PendingCall call)
    {
        _waiting.Remove(call);
        _taken.Add(call);
    }

    // A call may end before it gets here; its end has then looked for it in vain, so it must not be linked.
    private bool TryLink(PendingCall call, bool first)
    {
        if (call.HasEnded)
        {
            call.Payload.Dispose();
            return false;
        }

        if (first)
        {
            _waiting.AddFirst(call);
        }
        else
        {
            _waiting.AddLast(call);
        }

        return true;
    }
}
