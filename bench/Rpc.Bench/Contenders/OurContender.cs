using Rpc.Bench.Contract;
using Rpc.Bench.Fairness;

namespace Rpc.Bench.Contenders;

/// <summary>This library. Both sides' options stand here, and the two contenders made of it differ in batching alone.</summary>
internal sealed class OurContender(string id, string title, bool batching) : Contender
{
    /// <inheritdoc/>
    public override string Id => id;

    /// <inheritdoc/>
    public override string Title => title;

    /// <inheritdoc/>
    public override async Task<RunningServer> ServeAsync(ServerSetup setup)
    {
        var options = new RpcServerOptions { JsonContexts = { BenchJson.Default } };
        var server = await RpcServer.StartAsync(
            setup.Address,
            services => services
                .Add(setup.Service, new RpcServiceOptions { Queue = setup.Queue, MaxConcurrency = setup.Concurrency })
                .Add<IMixed>(new MixedService(), new RpcServiceOptions { Queue = MixedQueue(setup.Queue), MaxConcurrency = setup.Concurrency }),
            options);
        return new RunningServer(setup.Address, server.DisposeAsync);
    }

    /// <inheritdoc/>
    public override async Task<ConnectedClient> ConnectAsync(string address, string queue)
    {
        var options = new RpcClientOptions { JsonContexts = { BenchJson.Default }, MaxInFlight = 1_000_000, Batching = batching };
        var client = await RpcClient.ConnectAsync(address, options);
        return new ConnectedClient(client.Create<IWork>(new RpcRoute { Queue = queue }), client.DisposeAsync)
        {
            Mixed = client.Create<IMixed>(new RpcRoute { Queue = MixedQueue(queue) }),
        };
    }

    private static string MixedQueue(string queue) => queue + ".mixed";
}
