using Microsoft.Extensions.Time.Testing;
using Rpc.Testing;

namespace Rpc.Runtime.Tests.Testing;

/// <summary>A test's broker with a real client and a real server, all on one clock that the test moves.</summary>
internal sealed class TestedSystem : IAsyncDisposable
{
    private readonly RpcServer? _server;

    private TestedSystem(RpcTestBroker broker, FakeTimeProvider time, RpcServer? server, RpcClient client, Tested service)
    {
        (Broker, Time, _server, Client, Service) = (broker, time, server, client, service);
        Proxy = client.Create<ITested>();
        Bare = client.Create<ITestedBare>();
    }

    public RpcTestBroker Broker { get; }

    public FakeTimeProvider Time { get; }

    public RpcClient Client { get; }

    public Tested Service { get; }

    public ITested Proxy { get; }

    public ITestedBare Bare { get; }

    public static async Task<TestedSystem> StartAsync(bool serve = true, RpcClientOptions? options = null)
    {
        var (broker, time, service) = (new RpcTestBroker(), new FakeTimeProvider(), new Tested());
        var server = serve
            ? await RpcServer.StartAsync(
                broker.ConnectionString,
                services => services.Add<ITested>(service).Add<ITestedBare>(service),
                new RpcServerOptions { TimeProvider = time, ConnectionName = "server" })
            : null;
        options ??= new RpcClientOptions();
        options.TimeProvider = time;
        options.ConnectionName = "client";
        return new TestedSystem(broker, time, server, await RpcClient.ConnectAsync(broker.ConnectionString, options), service);
    }

    /// <summary>The result of a call that waits for no more than retries: three seconds go by, and no deadline on a machine that is slow.</summary>
    public Task<T> ResultOfAsync<T>(Task<T> call) => LetTimePassAsync(call, TimeSpan.FromSeconds(3));

    /// <summary>How a call fails, while time goes by.</summary>
    public Task<RpcException> FailureOfAsync(Task call) => LetTimePassAsync(Assert.ThrowsAsync<RpcException>(() => call), TimeSpan.MaxValue);

    // In steps of a tenth of a second, so that what has to happen in between has its turn.
    private async Task<T> LetTimePassAsync<T>(Task<T> call, TimeSpan most)
    {
        var start = Time.GetUtcNow();
        await Poll.UntilAsync(
            () =>
            {
                if (Time.GetUtcNow() - start < most)
                {
                    Time.Advance(TimeSpan.FromMilliseconds(100));
                }

                return call.IsCompleted;
            },
            "the call ends");
        return await call;
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        if (_server is { } server)
        {
            await server.DisposeAsync().AsTask().Soon();
        }

        Broker.Dispose();
    }
}
