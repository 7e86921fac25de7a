using System.Security.Cryptography;
using Rpc.Diagnostics;

namespace Rpc.Transport.Memory;

/// <summary>A server's connection to the embedded broker.</summary>
internal sealed class MemoryServerTransport(string name, RpcServerOptions options) : IServerTransport, IMemoryConnection
{
    private readonly Lock _gate = new();
    private readonly List<MemoryListener> _listeners = [];
    private MemoryBroker? _broker;
    private ICancelReceiver? _receiver;
    private MemoryConsumer? _instance;
    private Task _reopening = Task.CompletedTask;
    private bool _disposed;

    /// <inheritdoc/>
    public BrokerEndpoint? Endpoint { get; } = MemoryBroker.EndpointOf(name);

    /// <inheritdoc/>
    public string Name => options.ConnectionName;

    /// <inheritdoc/>
    public string? InstanceQueue => Volatile.Read(ref _instance) is { IsLost: false } instance ? instance.Queue.Name : null;

    /// <inheritdoc/>
    public IReadOnlyList<string> Problems => _broker?.IsBlocked == true ? [$"The broker memory://{name} does not read."] : [];

    /// <inheritdoc/>
    public async Task StartAsync(ICancelReceiver receiver, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _receiver = receiver;
        _broker = MemoryBroker.Attach(name);
        await _broker.WhenUpAsync(options.WaitForBroker, cancellationToken).ConfigureAwait(false);
        _broker.Add(this);
        OpenInstance();
    }

    /// <inheritdoc/>
    public Task<IServiceListener> ListenAsync(RequestQueue queue, IRequestReceiver receiver, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var listener = new MemoryListener(_broker!, queue, receiver, options.TimeProvider);
        listener.Open();
        lock (_gate)
        {
            _listeners.Add(listener);
        }

        return Task.FromResult<IServiceListener>(listener);
    }

    /// <inheritdoc/>
    public void Lose(string reason)
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _reopening = ReopenAsync(_reopening);
            }
        }
    }

    /// <inheritdoc/>
    public void ReadingChanged()
    {
        // What this server publishes is held by the broker.
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return default;
            }

            _disposed = true;
            if (_broker is { } broker)
            {
                CloseInstance();
                broker.Remove(this);
                broker.Detach();
            }
        }

        return default;
    }

    private async Task ReopenAsync(Task before)
    {
        lock (_gate)
        {
            CloseInstance();
            _listeners.ForEach(static listener => listener.Lose());
        }

        await before.ConfigureAwait(false);
        await _broker!.WhenUpAsync().ConfigureAwait(false);
        lock (_gate)
        {
            if (!_disposed)
            {
                OpenInstance();
                _listeners.ForEach(listener =>
                {
                    listener.Open();
                    ServerTelemetry.Reconnected(Endpoint!, listener.Queue);
                });
            }
        }
    }

    private void OpenInstance()
    {
        if (_instance is { IsLost: false })
        {
            return;
        }

        var queue = Wire.InstanceQueuePrefix + RandomNumberGenerator.GetHexString(32, lowercase: true);
        _broker!.Declare(queue);
        Volatile.Write(ref _instance, _broker.Consume(queue, prefetch: 0, (_, message) => Cancelled(message.Properties)));
    }

    private void CloseInstance()
    {
        if (_instance is { } instance)
        {
            instance.Lose();
            _broker!.Delete(instance.Queue.Name);
            _broker.Cancel(instance, options.TimeProvider);
        }
    }

    private void Cancelled(in RequestProperties properties)
    {
        if (properties.ContentType == Wire.CancelContentType)
        {
            _receiver!.Cancelled(properties.ReplyTo, properties.CorrelationId);
        }
    }
}
