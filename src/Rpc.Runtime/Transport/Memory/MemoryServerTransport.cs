namespace Rpc.Transport.Memory;

/// <summary>A server's connection to the embedded broker.</summary>
internal sealed class MemoryServerTransport(string name, RpcServerOptions options) : IServerTransport
{
    private MemoryBroker? _broker;
    private int _disposed;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _broker = MemoryBroker.Attach(name);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IServiceListener> ListenAsync(RequestQueue queue, IRequestReceiver receiver, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var broker = _broker!;
        if (queue.Topology == RpcTopology.Declare || (queue.Topology == RpcTopology.DeclareIfMissing && !broker.Exists(queue.Name)))
        {
            broker.Declare(queue.Name, expires: !queue.Shared);
        }

        return Task.FromResult<IServiceListener>(new Listener(broker, queue, receiver, options.TimeProvider));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _broker?.Detach();
        }

        return default;
    }

    private sealed class Listener : IServiceListener
    {
        private readonly MemoryBroker _broker;
        private readonly MemoryConsumer _consumer;
        private readonly TimeProvider _time;

        public Listener(MemoryBroker broker, RequestQueue queue, IRequestReceiver receiver, TimeProvider time)
        {
            _broker = broker;
            _time = time;
            _consumer = broker.Consume(queue.Name, queue.Prefetch, (consumer, message) => receiver.Received(new MemoryDelivery(broker, consumer, message)));
        }

        public async Task StopAsync()
        {
            _broker.Cancel(_consumer, _time);
            await _consumer.Completion.ConfigureAwait(false);
        }

        public async ValueTask DisposeAsync()
        {
            await StopAsync().ConfigureAwait(false);
            _broker.ReturnAll(_consumer);
        }
    }
}
