using Rpc.Transport;

namespace Rpc.Runtime.Tests.Calls;

/// <summary>A transport that has the link it is given.</summary>
internal sealed class FakeTransport : IClientTransport
{
    private volatile FakeLink? _link;

    public FakeLink? Current
    {
        get => _link;
        set => _link = value;
    }

    public IClientLink? Link => _link;

    public LinkState State { get; set; } = new(true, false, 0);

    public IReadOnlyList<string> Problems => [];

    /// <summary>What the broker says of any queue.</summary>
    public Func<string, Task<QueueState?>> OnQuery { get; set; } = static _ => Task.FromResult<QueueState?>(null);

    public Task<QueueState?> QueryAsync(string queue) => OnQuery(queue);

    /// <summary>What a client is told through, once it has started.</summary>
    public IClientEvents? Events { get; private set; }

    public Task StartAsync(IClientEvents events, CancellationToken cancellationToken)
    {
        Events = events;
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => default;
}
