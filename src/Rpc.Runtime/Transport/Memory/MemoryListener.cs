namespace Rpc.Transport.Memory;

/// <summary>A service's consumer of a queue of the embedded broker; when it is lost, the next one takes its place. Thread-safe.</summary>
internal sealed class MemoryListener(MemoryBroker broker, RequestQueue queue, IRequestReceiver receiver, TimeProvider time) : IServiceListener
{
    private readonly Lock _gate = new();
    private MemoryConsumer? _consumer;
    private TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _stopped;

    /// <summary>The queue.</summary>
    public string Queue => queue.Name;

    /// <inheritdoc/>
    public string? Problem => _opened.Task.IsCompletedSuccessfully ? null : $"The queue '{queue.Name}' is not open: the connection was lost.";

    /// <summary>Declares or checks the queue and consumes it.</summary>
    /// <exception cref="RpcException">The queue does not fit.</exception>
    public void Open()
    {
        lock (_gate)
        {
            if (_stopped || _consumer is { IsLost: false })
            {
                return;
            }

            if (queue.Topology == RpcTopology.Declare || (queue.Topology == RpcTopology.DeclareIfMissing && !broker.Exists(queue.Name)))
            {
                broker.Declare(queue.Name, queue.Shared ? null : queue.Expiry, queue.Type);
            }

            _consumer = broker.Consume(queue.Name, queue.Prefetch, (_, message) => receiver.Received(message));
            _opened.TrySetResult();
        }
    }

    /// <summary>Loses the consumer, and with it what it has not settled.</summary>
    public void Lose()
    {
        lock (_gate)
        {
            if (_consumer is not { IsLost: false } consumer)
            {
                return;
            }

            consumer.Lose();
            broker.Cancel(consumer, time);
            broker.ReturnAll(consumer);
            _opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <inheritdoc/>
    public ValueTask TryNotifyAsync(string address, ReplyMessage notice)
    {
        if (_opened.Task.IsCompletedSuccessfully)
        {
            broker.Reply(address, notice);
        }

        return default;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TryReplyLateAsync(string address, ReplyMessage reply, CancellationToken cancellationToken)
    {
        Task opened;
        lock (_gate)
        {
            opened = _opened.Task;
        }

        try
        {
            await opened.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        broker.Reply(address, reply);
        return true;
    }

    /// <inheritdoc/>
    public async Task StopAsync()
    {
        MemoryConsumer? consumer;
        lock (_gate)
        {
            _stopped = true;
            _opened.TrySetCanceled(); // no next consumer comes
            _opened.TrySetCanceled();
            consumer = _consumer;
        }

        if (consumer is not null)
        {
            broker.Cancel(consumer, time);
            await consumer.Completion.ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        if (_consumer is { } consumer)
        {
            broker.ReturnAll(consumer);
        }
    }
}
