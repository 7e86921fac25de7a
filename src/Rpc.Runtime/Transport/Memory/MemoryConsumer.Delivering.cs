namespace Rpc.Transport.Memory;

/// <content>Who delivers: at most one at a time, by the mark that the broker's lock guards.</content>
internal sealed partial class MemoryConsumer : IThreadPoolWorkItem
{
    private bool _delivering;

    /// <summary>Begins to <see cref="Pass"/> it a reply that is in no queue.</summary>
    /// <returns><see langword="false"/> if there is something that comes first.</returns>
    public bool TryBeginPassing() => _replied is not null && TryBegin();

    /// <summary>Delivers a reply from here. Called after <see cref="TryBeginPassing"/>, outside of the lock.</summary>
    /// <param name="reply">The reply.</param>
    public void Pass(in ReplyMessage reply)
    {
        Replied(reply);
        Continue();
    }

    /// <summary>Delivers from here, if nothing of the publisher's could get into what comes of it. Called outside of the lock.</summary>
    public void Deliver()
    {
        if (CleanContext.IsCurrent && TryTake(out var message))
        {
            Receive(message);
            Continue(); // one, its publisher's own: others are not its thread's business
        }
        else
        {
            Schedule();
        }
    }

    /// <summary>Has a thread of the pool deliver.</summary>
    public void Schedule() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute()
    {
        while (TryTake(out var message))
        {
            Receive(message);
        }
    }

    private bool TryBegin() => !_delivering && (_delivering = true);

    private void Continue()
    {
        bool more;
        lock (_gate)
        {
            more = _inbox.Count > 0;
            if (!more)
            {
                End();
            }
        }

        if (more)
        {
            Schedule();
        }
    }

    private bool TryTake(out MemoryMessage message)
    {
        lock (_gate)
        {
            if (_inbox.TryDequeue(out message!))
            {
                return true;
            }

            End();
            return false;
        }
    }

    private void End()
    {
        _delivering = false;
        if (_stopped)
        {
            _completion.TrySetResult();
        }
    }

    // Nothing is expected to be thrown here. But whoever listens to metrics is asked on the way; and what he throws must neither end the deliveries nor come to
    // the publisher, who has nothing to do with it.
    private void Receive(MemoryMessage message)
    {
        if (_received is null)
        {
            Replied(message.ToReply());
            return;
        }

        try
        {
            if (!_lost)
            {
                _received(this, message);
            }
        }
        catch (Exception)
        {
            // Whoever received the message sees to it that it is answered, as far as that can be.
        }
    }

    private void Replied(in ReplyMessage reply)
    {
        try
        {
            if (!_lost)
            {
                _replied!(reply);
            }
        }
        catch (Exception)
        {
            // The call that it was about ends at its deadline.
        }
    }
}
