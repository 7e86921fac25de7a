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

    public Task StartAsync(IClientEvents events, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => default;
}
