namespace Rpc.Transport;

/// <summary>
/// A client transport that is made when it is started, and made anew after a start that failed: for clients that exist, and can be called, before they
/// connect. Thread-safe, but for starts, of which there is one at a time.
/// </summary>
/// <param name="create">Makes the transport.</param>
/// <param name="broker">The broker's address without credentials.</param>
/// <param name="time">The clock.</param>
internal sealed class DeferredClientTransport(Func<IClientTransport> create, string broker, TimeProvider time) : IClientTransport
{
    private readonly long _since = time.GetTimestamp();
    private volatile IClientTransport? _started;
    private volatile string _reason = "nothing has asked for it yet";

    /// <inheritdoc/>
    public BrokerEndpoint? Endpoint { get; init; }

    /// <inheritdoc/>
    public IClientLink? Link => _started?.Link;

    /// <inheritdoc/>
    public LinkState State => _started?.State ?? new LinkState(IsConnected: false, IsBlocked: false, _since);

    /// <inheritdoc/>
    public IReadOnlyList<string> Problems => _started?.Problems ?? [$"The connection to {broker} is not open: {_reason}."];

    /// <inheritdoc/>
    public Task<QueueState?> QueryAsync(string queue) =>
        _started is { } started ? started.QueryAsync(queue) : throw new InvalidOperationException("there is no connection");

    /// <inheritdoc/>
    public async Task StartAsync(IClientEvents events, CancellationToken cancellationToken)
    {
        var transport = create();

        // Before its start is done: calls that wait are sent, and may end, while it opens.
        _started = transport;
        try
        {
            await transport.StartAsync(events, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _reason = exception.Message.TrimEnd('.');
            _started = null;
            await transport.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _started?.DisposeAsync() ?? default;
}
