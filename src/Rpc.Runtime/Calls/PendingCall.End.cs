using Rpc.Transport;

namespace Rpc.Calls;

/// <content>The call's one end, whoever brings it, and what its caller is told.</content>
internal abstract partial class PendingCall
{
    /// <summary>Ends the call because a token has fired; the server that runs it is told.</summary>
    /// <param name="token">The token.</param>
    public void Cancel(CancellationToken token)
    {
        if (TryEnd(out var sent))
        {
            if (sent)
            {
                _target.Calls.CancelAtServer(this);
            }

            SetCanceled(token);
        }
    }

    /// <summary>Ends the call with a reply.</summary>
    /// <param name="reply">The reply; its body is read before this returns.</param>
    /// <returns>Whether there is a result, of which the caller is still to be told.</returns>
    public bool TryComplete(in ReplyMessage reply) => TryEnd(out _) && SetReply(reply);

    /// <summary>Tells the caller of the result: its continuation runs as a work item of the thread pool.</summary>
    /// <param name="behindOthers">
    /// Whether it comes behind everything that waits for a thread, in the order of these calls. So what the callers then do together, such as adding their
    /// next calls, comes before what the first of them queues.
    /// </param>
    public abstract void Tell(bool behindOthers = false);

    /// <summary>Ends a one-way call: the broker has it.</summary>
    public void Accept()
    {
        if (TryEnd(out _))
        {
            SetAccepted();
        }
    }

    /// <summary>Ends the call with what the client found out, if it has not ended.</summary>
    /// <param name="failure">Makes the exception; told the call and whether it was sent.</param>
    public void Fail(Func<PendingCall, bool, RpcException> failure)
    {
        if (TryEnd(out var sent))
        {
            SetException(failure(this, sent));
        }
    }

    /// <inheritdoc/>
    public sealed override void Expire()
    {
        // Due twice: half its time is when the broker is asked about the queue, so that the answer is there when the time is up.
        if (Left <= TimeSpan.Zero)
        {
            Fail(_target.Calls.DeadlinePassed);
            return;
        }

        _target.Calls.WaitsLong(this, sent: Volatile.Read(ref _state) == Sent);
    }

    /// <summary>Keeps the result that a reply brings, or completes the caller's task with the failure that it tells of.</summary>
    /// <param name="reply">The reply.</param>
    /// <returns>Whether there is a result.</returns>
    protected abstract bool SetReply(in ReplyMessage reply);

    /// <summary>Completes the caller's task with nothing.</summary>
    protected abstract void SetAccepted();

    /// <summary>Completes the caller's task, or has the call made again.</summary>
    /// <param name="exception">The failure.</param>
    protected abstract void SetException(RpcException exception);

    /// <summary>Completes the caller's task.</summary>
    /// <param name="token">The token that fired.</param>
    protected abstract void SetCanceled(CancellationToken token);

    /// <summary>What goes with the caller's task, whoever completes it.</summary>
    protected void Leave()
    {
        // Later attempts are part of the first one, which has a place among the calls under way and, where it needs one, a share of the arguments.
        if (Attempt > 1)
        {
            return;
        }

        _target.Calls.Leave();
        if (_target.KeepsArguments)
        {
            Payload.Dispose();
        }
    }

    // The single end of every attempt. What belongs to the call goes with it, before the caller hears of it.
    private bool TryEnd(out bool sent)
    {
        var before = Interlocked.Exchange(ref _state, Ended);
        sent = before == Sent;
        if (before == Ended)
        {
            return false;
        }

        _target.Calls.Remove(this);
        if (before == Waiting)
        {
            Sender.Drop(this);
        }

        Extras?.Callers.Close();
        Extras?.Served.Close();
        return true;
    }
}
