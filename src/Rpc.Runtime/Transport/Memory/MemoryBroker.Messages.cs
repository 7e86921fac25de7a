namespace Rpc.Transport.Memory;

/// <content>Messages: into a queue, to a consumer, settled or back.</content>
internal sealed partial class MemoryBroker
{
    /// <summary>Puts a message into a queue.</summary>
    /// <returns><see langword="false"/> if there is no such queue.</returns>
    public bool Publish(string queue, MemoryMessage message)
    {
        MemoryConsumer? idle;
        lock (_gate)
        {
            if (Find(queue) is not { } found)
            {
                return false;
            }

            if (_held is not null)
            {
                Hold(queue, message);
                return true;
            }

            idle = found.Add(message);
        }

        idle?.Deliver();
        return true;
    }

    /// <summary>Puts a server's message into a reply queue, unless there is none any more. Where it would come out at once, it is passed on as it is.</summary>
    public void Reply(string queue, in ReplyMessage reply)
    {
        if (Tap?.Loses(reply) == true)
        {
            return;
        }

        if (BeginPassing(queue) is { } consumer)
        {
            consumer.Pass(reply);
        }
        else
        {
            Publish(queue, MemoryMessage.Of(reply));
        }
    }

    /// <summary>Settles a message, so that the next one can come.</summary>
    public void Settle(MemoryConsumer consumer, MemoryMessage message)
    {
        lock (_gate)
        {
            if (_held is not null)
            {
                HoldSettling(consumer, message);
            }
            else
            {
                SettleNow(consumer, message);
            }
        }
    }

    /// <summary>Gives one message back to its queue.</summary>
    public void Return(MemoryConsumer consumer, MemoryMessage message)
    {
        lock (_gate)
        {
            if (consumer.TrySettle(message, out var number))
            {
                consumer.Queue.Return([(message, number)]);
            }
        }
    }

    /// <summary>Gives everything that a consumer holds back to its queue, as the broker does when a connection closes.</summary>
    public void ReturnAll(MemoryConsumer consumer)
    {
        lock (_gate)
        {
            consumer.Queue.Return(consumer.TakeUnsettled());
        }
    }

    private static void SettleNow(MemoryConsumer consumer, MemoryMessage message)
    {
        if (consumer.TrySettle(message, out _))
        {
            consumer.Queue.Dispatch()?.Schedule();
        }
    }

    // Not where the server's code runs on in some call's context: that would be the client's, too.
    private MemoryConsumer? BeginPassing(string queue)
    {
        if (!CleanContext.IsCurrent)
        {
            return null;
        }

        lock (_gate)
        {
            return _held is null ? Find(queue)?.BeginPassing() : null;
        }
    }
}
