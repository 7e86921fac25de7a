using Rpc.Transport;

namespace Rpc.Server;

/// <summary>
/// The calls of one service that have been started and not been answered for good, and the latest answers. Here a cancellation finds its call; and here a
/// request that the broker delivers again, because the server's connection was lost, finds the call that it made, or its answer. Thread-safe.
/// </summary>
/// <remarks>
/// Calls hang in a list, since they come and go with every request and are looked for only in those rare cases.
/// </remarks>
internal sealed class RunningCalls : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ReplyRing _answers = new();
    private ReceivedCall? _first;
    private int _count;

    /// <summary>How many calls run.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>Adds a call that is about to start.</summary>
    public void Add(ReceivedCall call)
    {
        lock (_gate)
        {
            call.IsRunning = true;
            call.LaterRunning = _first;
            _first?.EarlierRunning = call;
            _first = call;
            _count++;
        }
    }

    /// <summary>
    /// Takes a call out, because its reply has been sent or nobody can be replied to; unless its request was delivered again meanwhile, since a reply that
    /// went through a connection that was then lost may be lost with it.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="through">The delivery that was replied to.</param>
    /// <param name="reply">The reply, to be kept for a while; <see langword="null"/> if there is none to keep.</param>
    /// <returns><see langword="false"/> if the call has another delivery now, which is still to be replied to.</returns>
    public bool TryFinish(ReceivedCall call, IDelivery through, in ReplyMessage? reply)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(call.Delivery, through))
            {
                return false;
            }

            Unlink(call);
            if (reply is { } sent && call.Properties.ReplyTo is { } address && call.Properties.AppId == Wire.AppId)
            {
                _answers.Keep(address, sent, call);
            }

            return true;
        }
    }

    /// <summary>Finds the call that a request belongs to which has been delivered again, and makes it answer to this delivery.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="isDuplicate">
    /// Whether the call has a way back that works: then somebody has sent its request twice, and nobody waits for a second reply.
    /// </param>
    /// <returns>Whether there is one. Adopted, the delivery is settled when the call ends; a duplicate is the caller's to settle.</returns>
    public bool TryAdopt(IDelivery delivery, out bool isDuplicate)
    {
        ref readonly var properties = ref delivery.Properties;
        isDuplicate = false;
        lock (_gate)
        {
            if (Find(properties.ReplyTo, properties.CorrelationId) is not { } call)
            {
                return false;
            }

            isDuplicate = call.Delivery.IsLive;
            if (!isDuplicate)
            {
                call.Delivery = delivery;
            }
        }

        delivery.Release(); // its body is the one that the call has
        return true;
    }

    /// <summary>Finds the answer to a request that has been delivered again.</summary>
    /// <param name="properties">The request's.</param>
    /// <returns>A copy of the answer; <see langword="null"/> if it is not here any more.</returns>
    public ReplyMessage? FindAnswer(in RequestProperties properties)
    {
        lock (_gate)
        {
            return _answers.Find(properties.ReplyTo, properties.CorrelationId);
        }
    }

    /// <summary>Fires the token of a call whose caller does not wait any longer.</summary>
    /// <param name="replyTo">Where its reply would go.</param>
    /// <param name="correlationId">The call's.</param>
    public void Cancel(string? replyTo, string? correlationId)
    {
        ReceivedCall? call;
        lock (_gate)
        {
            call = Find(replyTo, correlationId);
        }

        call?.Cancel();
    }

    /// <summary>Collects the running calls that a condition holds for.</summary>
    /// <param name="condition">The condition; evaluated under the lock, so it is short.</param>
    public List<ReceivedCall>? Where(Func<ReceivedCall, bool> condition)
    {
        List<ReceivedCall>? found = null;
        lock (_gate)
        {
            for (var call = _first; call is not null; call = call.LaterRunning)
            {
                if (condition(call))
                {
                    (found ??= []).Add(call);
                }
            }
        }

        return found;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _answers.Clear();
        }
    }

    private ReceivedCall? Find(string? replyTo, string? correlationId)
    {
        if (replyTo is null || correlationId is null)
        {
            return null;
        }

        var call = _first;
        while (call is not null && (call.Properties.CorrelationId != correlationId || call.Properties.ReplyTo != replyTo))
        {
            call = call.LaterRunning;
        }

        return call;
    }

    private void Unlink(ReceivedCall call)
    {
        if (!call.IsRunning)
        {
            return; // something has failed after the call was taken out, or before it was put in
        }

        call.IsRunning = false;
        if (call.EarlierRunning is { } earlier)
        {
            earlier.LaterRunning = call.LaterRunning;
        }
        else
        {
            _first = call.LaterRunning;
        }

        call.LaterRunning?.EarlierRunning = call.EarlierRunning;
        call.EarlierRunning = call.LaterRunning = null;
        _count--;
    }
}
