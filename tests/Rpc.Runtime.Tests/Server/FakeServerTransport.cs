using Rpc.Transport;

namespace Rpc.Runtime.Tests.Server;

/// <summary>A transport that has an instance queue and no requests.</summary>
internal sealed class FakeServerTransport(string? instanceQueue) : IServerTransport
{
    public string? InstanceQueue => instanceQueue;

    public IReadOnlyList<string> Problems => [];

    public Task StartAsync(ICancelReceiver receiver, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IServiceListener> ListenAsync(RequestQueue queue, IRequestReceiver receiver, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask DisposeAsync() => default;
}
