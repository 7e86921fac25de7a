using Library;

namespace Rpc.Contracts.Tests;

/// <summary>A proxy owns nothing: the client has the connection, and the service is the server's.</summary>
public sealed class ProxyDisposalTests
{
    [Fact]
    public async Task Disposed_proxy_still_calls_and_the_service_is_not_disposed()
    {
        using var session = new Session();
        await using var server = await RpcServer.StartAsync("memory://proxy-disposal", services => services.Add<ISession>(session));
        await using var client = await RpcClient.ConnectAsync("memory://proxy-disposal");
        var proxy = client.Create<ISession>();

        proxy.Dispose();
        await proxy.DisposeAsync();
        await using (var scoped = client.Create<ISession>())
        {
            Assert.Equal(2, await scoped.Next(1));
        }

        Assert.Equal(3, await proxy.Next(2));
        Assert.Equal(0, session.Disposals);
    }

    private sealed class Session : ISession
    {
        public int Disposals { get; private set; }

        public Task<int> Next(int number) => Task.FromResult(number + 1);

        public void Dispose() => Disposals++;

        public ValueTask DisposeAsync()
        {
            Disposals++;
            return default;
        }
    }
}
