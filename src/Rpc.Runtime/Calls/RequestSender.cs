using Rpc.Transport;

namespace Rpc.Calls;

/// <summary>
/// Sends the calls of one request queue, in order. Callers only add: the first one to find the sender at rest queues it as one thread-pool work item,
/// which takes what waits until nothing does. So what waits together can travel together, and a lone call waits for nothing. Calls that wait belong to
/// the queue, not to a link: they outlive any number of lost connections, until their deadlines.
/// </summary>
internal sealed class RequestSender(IClientTransport transport) : IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private PendingCall? _first;
    private PendingCall? _last;
    private bool _scheduled;

    /// <summary>Adds a call at the end.</summary>
    /// <param name="call">The call; from here on the sender owns its payload.</param>
    public void Add(PendingCall call)
    {
        lock (_gate)
        {
            if (!TryLink(call, after: _last))
            {
                return;
            }
        }

        Resume();
    }

    /// <summary>Looks again whether there is something to send and a way to send it.</summary>
    public void Resume()
    {
        lock (_gate)
        {
            if (_scheduled || _first is null)
            {
                return;
            }

            _scheduled = true;
        }

        // Unsafe means without the caller's execution context: no request's trace or ambient values leak into this sender.
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
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

            Unlink(call);
        }

        call.Payload.Dispose();
    }

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute() => _ = SendWaitingAsync();

    private async Task SendWaitingAsync()
    {
        while (TryTake(out var call, out var link))
        {
            if (!call.TryMarkSent(link))
            {
                call.Payload.Dispose();
                continue;
            }

            if (await TrySendAsync(call, link).ConfigureAwait(false))
            {
                call.Payload.Dispose();
                FailIfSwept(call, link);
            }
            else
            {
                PutBack(call);
            }
        }
    }

    private static async ValueTask<bool> TrySendAsync(PendingCall call, IClientLink link)
    {
        try
        {
            return await link.TrySendAsync(call.ToRequest()).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Something of this request cannot be written, and never will be: trying again would hold up all others for ever.
            call.Fail((failed, _) => CallFailures.BadArguments(failed.Site, exception));
            return true;
        }
    }

    // Ending a link clears IsOpen and then sweeps. A call that was marked before is found by the sweep; one that was marked after finds this.
    private static void FailIfSwept(PendingCall call, IClientLink link)
    {
        if (!link.IsOpen && !call.Outlives(link))
        {
            call.Fail(static (lost, _) => CallFailures.LinkLost(lost.Site, new Loss("it ended while the request was handed over")));
        }
    }

    private bool TryTake(out PendingCall call, out IClientLink link)
    {
        lock (_gate)
        {
            // Read inside the lock: a link that opens after this look calls Resume, which then finds the sender at rest.
            call = _first!;
            link = transport.Link!;
            if (call is null || link is not { CanSend: true })
            {
                _scheduled = false;
                return false;
            }

            Unlink(call);
            return true;
        }
    }

    private void PutBack(PendingCall call)
    {
        if (!call.TryMarkWaiting())
        {
            call.Payload.Dispose();
            return;
        }

        lock (_gate)
        {
            TryLink(call, after: null);
        }
    }

    // A call may end before it gets here; its end has then looked for it in vain, so it must not be linked.
    private bool TryLink(PendingCall call, PendingCall? after)
    {
        if (call.HasEnded)
        {
            call.Payload.Dispose();
            return false;
        }

        var before = after is null ? _first : after.LaterWaiting;
        call.EarlierWaiting = after;
        call.LaterWaiting = before;
        if (after is null)
        {
            _first = call;
        }
        else
        {
            after.LaterWaiting = call;
        }

        if (before is null)
        {
            _last = call;
        }
        else
        {
            before.EarlierWaiting = call;
        }

        call.InSender = true;
        return true;
    }

    private void Unlink(PendingCall call)
    {
        if (call.EarlierWaiting is { } earlier)
        {
            earlier.LaterWaiting = call.LaterWaiting;
        }
        else
        {
            _first = call.LaterWaiting;
        }

        if (call.LaterWaiting is { } later)
        {
            later.EarlierWaiting = call.EarlierWaiting;
        }
        else
        {
            _last = call.EarlierWaiting;
        }

        call.EarlierWaiting = call.LaterWaiting = null;
        call.InSender = false;
    }
}
