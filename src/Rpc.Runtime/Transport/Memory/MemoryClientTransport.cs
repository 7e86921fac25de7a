using System.Security.Cryptography;
using Rpc.Diagnostics;

namespace Rpc.Transport.Memory;

/// <summary>A client's connection to the embedded broker: one link, replaced by the next one if it is lost.</summary>
internal sealed class MemoryClientTransport(string name, string user, RpcClientOptions options) : IClientTransport, IMemoryConnection
{
    private readonly Lock _gate = new();
    private readonly string _durableQueue = NewQueue();
    private MemoryBroker? _broker;
    private IClientEvents? _events;
    private MemoryClientLink? _link;
    private Task _reopening = Task.CompletedTask;
    private long _since = options.TimeProvider.GetTimestamp();
    private bool _disposed;

    /// <inheritdoc/>
    public BrokerEndpoint? Endpoint { get; } = MemoryBroker.EndpointOf(name);

    /// <inheritdoc/>
    public string Name => options.ConnectionName;

    /// <inheritdoc/>
    public IClientLink? Link => Volatile.Read(ref _link) is { IsOpen: true } link ? link : null;

    /// <inheritdoc/>
    public LinkState State => new(Link is not null, _broker?.IsBlocked == true, Volatile.Read(ref _since));

    /// <inheritdoc/>
    public IReadOnlyList<string> Problems => State switch
    {
        { IsConnected: false } => [$"The connection to memory://{name} is not open."],
        { IsBlocked: true } => [$"The broker memory://{name} does not read."],
        _ => [],
    };

    /// <inheritdoc/>
    public async Task StartAsync(IClientEvents events, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _events = events;
        _broker = MemoryBroker.Attach(name);
        await _broker.WhenUpAsync(options.WaitForBroker, cancellationToken).ConfigureAwait(false);
        _broker.Add(this);
        Open();
    }

    /// <inheritdoc/>
    public Task<QueueState?> QueryAsync(string queue) => Task.FromResult(_broker?.Query(queue));

    /// <inheritdoc/>
    public void Lose(string reason) => Lose(new Loss(reason));

    /// <inheritdoc/>
    public void ReadingChanged() => _events?.SendingPossible();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task reopening;
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            reopening = _reopening;
        }

        if (_broker is not { } broker)
        {
            return; // never started
        }

        broker.Remove(this);
        if (_link is { } link)
        {
            await CloseAsync(link, new Loss("the client was disposed")).ConfigureAwait(false);
        }

        broker.Detach();
        _ = reopening; // it finds that the client is gone
    }

    private void Lose(Loss loss)
    {
        lock (_gate)
        {
            if (!_disposed && _link is { IsOpen: true } link)
            {
                _reopening = ReopenAsync(link, loss, _reopening);
            }
        }
    }

    private static string NewQueue() => Wire.ReplyQueuePrefix + RandomNumberGenerator.GetHexString(32, lowercase: true);

    private void Open()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            Volatile.Write(ref _link, new MemoryClientLink(_broker!, options.ReplyMode == RpcReplyMode.Durable ? _durableQueue : NewQueue(), user, _events!, Lose, options));
            Volatile.Write(ref _since, options.TimeProvider.GetTimestamp());
        }

        _events!.SendingPossible();
    }

    private async Task ReopenAsync(MemoryClientLink link, Loss loss, Task before)
    {
        await before.ConfigureAwait(false);
        await CloseAsync(link, loss).ConfigureAwait(false);
        await _broker!.WhenUpAsync().ConfigureAwait(false);
        Open();
        if (Link is not null)
        {
            ClientTelemetry.Reconnected(Endpoint!);
        }
    }

    private async Task CloseAsync(MemoryClientLink link, Loss loss)
    {
        await link.CloseAsync(keepQueue: link.KeepsCalls && !_disposed).ConfigureAwait(false);
        Volatile.Write(ref _since, options.TimeProvider.GetTimestamp());
        _events!.LinkLost(link, loss);
    }
}
