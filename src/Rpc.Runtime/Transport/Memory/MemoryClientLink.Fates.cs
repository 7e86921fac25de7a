namespace Rpc.Transport.Memory;

/// <content>Requests about which a test has decided otherwise.</content>
internal sealed partial class MemoryClientLink
{
    private void Meet(IMemoryTap tap, string queue, MemoryMessage message, CorrelationId correlationId)
    {
        if (tap.Sending(queue, message.Properties) is { } fate)
        {
            Meet(fate, queue, message, correlationId);
        }
        else
        {
            Publish(queue, message, correlationId);
        }

        tap.Sent();
    }

    private void Meet(MemoryFate fate, string queue, MemoryMessage message, CorrelationId correlationId)
    {
        if (fate.IsReturned)
        {
            _events.Returned(correlationId);
            return;
        }

        if (fate.IsRejected)
        {
            _events.Confirmed(correlationId, taken: false);
            return;
        }

        if (fate.Loss is { } loss)
        {
            // First, so that no reply is faster. The sweep comes before the link is closed: the sender, which still holds the call, would find the link closed and not know why.
            _events.LinkLost(this, loss);
            _lose(loss);
        }

        if (fate.Answer is { } answer)
        {
            _broker.Publish(_replyQueue, MemoryMessage.Of(answer));
        }

        if (fate.IsDropped)
        {
            return;
        }

        if (fate.Loss is not null)
        {
            _broker.Publish(queue, message); // what the broker says to that comes to nobody
            return;
        }

        message = message.Again(fate.IsRedelivered);
        if (fate.Delay > TimeSpan.Zero)
        {
            using var withoutCaller = ExecutionContext.SuppressFlow();
            _ = PublishLaterAsync(fate.Delay, queue, message, correlationId);
        }
        else
        {
            Publish(queue, message, correlationId);
        }
    }

    // Its time to live has begun: a request that is too long on its way is not delivered.
    private async Task PublishLaterAsync(TimeSpan delay, string queue, MemoryMessage message, CorrelationId correlationId)
    {
        await Task.Delay(delay, _options.TimeProvider).ConfigureAwait(false);
        if (_open) // what is on its way is lost with the connection
        {
            Publish(queue, message, correlationId);
        }
    }
}
