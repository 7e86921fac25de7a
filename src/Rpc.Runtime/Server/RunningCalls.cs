using System.Runtime.InteropServices;
using Rpc.Server.Batches;
using Rpc.Transport;

namespace Rpc.Server;

/// <summary>
/// The calls of one service that have been started and not been answered for good, and the latest answers. Here a cancellation finds its call; and here a
/// request that the broker delivers again, because the server's connection was lost, finds the call that it made, or its answer. Thread-safe.
/// </summary>
internal sealed partial class RunningCalls
{
    private readonly Lock _gate = new();
    private readonly ReplyRing _answers = new();

    /// <summary>How many calls run.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _calls.Count;
            }
        }
    }

    /// <summary>Adds a call that is about to start.</summary>
    public void Add(ReceivedCall call)
    {
        lock (_gate)
        {
            Link(call);
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
            if (reply is { } sent)
            {
                Keep(sent, call);
            }

            return true;
        }
    }

    /// <summary>Does the same with calls that were answered together, and marks those as answered that have no other delivery now.</summary>
    /// <param name="answered">The calls.</param>
    public void FinishAll(List<ReadyReply> answered)
    {
        lock (_gate)
        {
            foreach (ref readonly var ready in CollectionsMarshal.AsSpan(answered))
            {
                if (ReferenceEquals(ready.Call.Delivery, ready.Through))
                {
                    Unlink(ready.Call);
                    Keep(ready.Reply, ready.Call);
                    ready.Call.IsAnswered = true;
                }
            }
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
    public void Cancel(string? replyTo, in CorrelationId correlationId)
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
            foreach (var call in _calls)
            {
                if (condition(call))
                {
                    (found ??= []).Add(call);
                }
            }
        }

        return found;
    }

    // Only of our own callers: others may give all of their calls one correlation id.
    private void Keep(in ReplyMessage sent, ReceivedCall call)
    {
        if (call.Properties.ReplyTo is { } address && call.Properties.AppId == Wire.AppId)
        {
            _answers.Keep(address, sent);
        }
    }
}
