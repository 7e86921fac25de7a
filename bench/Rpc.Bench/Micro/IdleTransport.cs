using Rpc.Transport;

namespace Rpc.Bench.Micro;

/// <summary>A transport, and its link, that nothing goes through.</summary>
internal sealed class IdleTransport : IClientTransport, IClientLink
{
    /// <inheritdoc/>
    public IClientLink? Link => this;

    /// <inheritdoc/>
    public LinkState State => default;

    /// <inheritdoc/>
    public IReadOnlyList<string> Problems => [];

    /// <inheritdoc/>
    public bool IsOpen => true;

    /// <inheritdoc/>
    public bool KeepsCalls => false;

    /// <inheritdoc/>
    public bool CanSend => false;

    /// <inheritdoc/>
    public Task StartAsync(IClientEvents events, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<QueueState?> QueryAsync(string queue) => Task.FromResult<QueueState?>(null);

    /// <inheritdoc/>
    public ValueTask<bool> TrySendAsync(RequestMessage request) => new(false);

    /// <inheritdoc/>
    public ValueTask<bool> TryTellAsync(ControlMessage message) => new(false);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => default;
}
