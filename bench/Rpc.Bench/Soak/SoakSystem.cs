using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;
using Rpc.TestKit.Faults;

namespace Rpc.Bench.Soak;

/// <summary>A private broker, a client of each reply mode, two servers in this process and two in their own.</summary>
internal sealed class SoakSystem : IAsyncDisposable
{
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(3);
    private readonly List<SoakClient> _clients = [];
    private readonly List<SoakServer> _servers = [];

    private SoakSystem(PrivateBroker broker) => Broker = broker;

    public PrivateBroker Broker { get; }

    public RunLedger Ledger { get; } = RunLedger.Create();

    public string Queue { get; } = "rpc.soak";

    public IReadOnlyList<SoakClient> Clients => _clients;

    public IReadOnlyList<SoakServer> Servers => _servers;

    /// <summary>Everything that has a line.</summary>
    public IReadOnlyList<TcpProxy> Lines => [.. _clients.Select(static client => client.Line), .. _servers.Select(static server => server.Line)];

    public static async Task<SoakSystem> StartAsync()
    {
        var system = new SoakSystem(await PrivateBroker.StartAsync());
        try
        {
            for (var i = 0; i < 4; i++)
            {
                await system.AddServerAsync(inProcess: i < 2);
            }

            foreach (var mode in Enum.GetValues<RpcReplyMode>())
            {
                await system.AddClientAsync(mode);
            }

            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var line in Lines)
        {
            line.Resume();
        }

        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        await Broker.DisposeAsync();
        Ledger.Dispose();
    }

    private async Task AddClientAsync(RpcReplyMode mode)
    {
        var line = TcpProxy.Start("127.0.0.1", Broker.Port);
        var options = new RpcClientOptions { ConnectionName = $"client {mode}", ReplyMode = mode, Heartbeat = s_heartbeat, ConnectTimeout = TimeSpan.FromSeconds(3) };
        var client = await RpcClient.ConnectAsync(UriOf(line), options);
        _clients.Add(new SoakClient(mode, client, client.Create<IOrdeal>(new RpcRoute { Queue = Queue }), line));
    }

    private async Task AddServerAsync(bool inProcess)
    {
        var line = TcpProxy.Start("127.0.0.1", Broker.Port);
        var server = new SoakServer(line, inProcess ? () => StartInProcessAsync(line) : async () => await ServerProcess.StartAsync(UriOf(line), Queue, Ledger));
        await server.StartAsync();
        _servers.Add(server);
    }

    private async Task<IAsyncDisposable> StartInProcessAsync(TcpProxy line)
    {
        var options = new RpcServerOptions
        {
            ConnectionName = "server in process",
            Heartbeat = s_heartbeat,
            ConnectTimeout = TimeSpan.FromSeconds(3),
            DrainTimeout = TimeSpan.FromSeconds(2),
            WaitForBroker = true,
        };
        var service = new OrdealService(Ledger, new Gate());
        return await RpcServer.StartAsync(UriOf(line), services => services.Add<IOrdeal>(service, new RpcServiceOptions { Queue = Queue }), options);
    }

    private static string UriOf(TcpProxy line) => $"amqp://guest:guest@127.0.0.1:{line.Port}";
}
