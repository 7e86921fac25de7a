using Rpc.TestKit.Broker;
using Rpc.TestKit.Raw;

namespace Rpc.Integration.Tests.Interop;

/// <summary>A queue of the test's own that our programs and foreign ones share.</summary>
public abstract class InteropTests(BrokerFixture fixture) : IAsyncLifetime
{
    protected string Queue { get; } = $"rpc_queue.{Guid.NewGuid():N}";

    protected Task<string> UriAsync() => fixture.GetAmqpUriAsync();

    private protected async Task<RpcServer> StartServerAsync(TutorialFib service, RpcServiceOptions? options = null)
    {
        options = (options ?? new RpcServiceOptions()) with { Queue = Queue };
        return await RpcServer.StartAsync(await UriAsync(), services => services.Add<ITutorialFib>(service, options));
    }

    protected async Task<RpcClient> ConnectAsync() => await RpcClient.ConnectAsync(await UriAsync());

    protected ITutorialFib Create(RpcClient client) => client.Create<ITutorialFib>(new RpcRoute { Queue = Queue });

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        await using var peer = await RawPeer.ConnectAsync(await UriAsync());
        await peer.DeleteAsync(Queue);
        GC.SuppressFinalize(this);
    }
}
