using System.Diagnostics;
using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;
using Rpc.TestKit.Faults;
using Rpc.TestKit.Raw;

namespace Rpc.Integration.Tests.Faults;

/// <summary>One server and one client of <see cref="IOrdeal"/>, each with a line to the broker that can be broken.</summary>
public sealed class Rig : IAsyncDisposable
{
    // Far above what a sound system needs for what was done here, far below what one leaked object a call makes.
    private const long MaxMoreBytes = 24 * 1024 * 1024;
    private const int MaxMoreThreads = 24;
    private const int MaxMoreTimers = 8;

    private readonly RigSettings _settings;
    private readonly List<RpcServer> _servers = [];
    private long _bytes;
    private int _threads;
    private long _timers;

    private Rig(PrivateBroker broker, RigSettings settings)
    {
        Broker = broker;
        _settings = settings;
        ClientLine = TcpProxy.Start("127.0.0.1", broker.Port);
        ServerLine = TcpProxy.Start("127.0.0.1", broker.Port);
        Service = new OrdealService(Ledger, Gate);
    }

    public PrivateBroker Broker { get; }

    /// <summary>Between client and broker.</summary>
    public TcpProxy ClientLine { get; }

    /// <summary>Between servers of this process and broker.</summary>
    public TcpProxy ServerLine { get; }

    public RunLedger Ledger { get; } = RunLedger.Create();

    public Gate Gate { get; } = new();

    public OrdealService Service { get; }

    public LogRecorder ClientLog { get; } = new();

    public LogRecorder ServerLog { get; } = new();

    public RpcClient Client { get; private set; } = null!;

    public IOrdeal Ordeal { get; private set; } = null!;

    /// <summary>The servers of this process, in the order of their start.</summary>
    public IReadOnlyList<RpcServer> Servers => _servers;

    /// <summary>The request queue.</summary>
    public string Queue { get; } = $"rpc.fault.{Guid.NewGuid():N}";

    internal static async Task<Rig> StartAsync(PrivateBroker broker, RigSettings settings)
    {
        var rig = new Rig(broker, settings);
        try
        {
            if (settings.Serves)
            {
                await rig.ServeAsync();
            }

            settings.Client.LoggerFactory = rig.ClientLog;
            rig.Client = await RpcClient.ConnectAsync(UriOf(rig.ClientLine), settings.Client);
            rig.Ordeal = rig.Client.Create<IOrdeal>(new RpcRoute { Queue = rig.Queue });
            if (settings.Serves)
            {
                await rig.Ordeal.Echo(0);
            }

            rig.Measure();
            return rig;
        }
        catch
        {
            await rig.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a server, or one more.</summary>
    public async Task<RpcServer> ServeAsync()
    {
        _settings.Server.LoggerFactory = ServerLog;
        var server = await RpcServer.StartAsync(
            UriOf(ServerLine), services => services.Add<IOrdeal>(Service, _settings.Service with { Queue = Queue }), _settings.Server);
        _servers.Add(server);
        return server;
    }

    /// <summary>The address of the broker behind a proxy.</summary>
    public static string UriOf(TcpProxy line) => $"amqp://guest:guest@127.0.0.1:{line.Port}";

    /// <summary>Starts so many calls, by their ids.</summary>
    public static Task<string>[] Start(int count, string prefix, Func<string, Task<string>> call) =>
        [.. Enumerable.Range(0, count).Select(number => call($"{prefix}{number}"))];

    /// <summary>Waits until so many requests wait in the request queue.</summary>
    public async Task AwaitBacklogAsync(uint requests)
    {
        await using var peer = await RawPeer.ConnectAsync(Broker.Uri);
        for (var started = Stopwatch.GetTimestamp(); await peer.CountAsync(Queue) is not { } counts || counts.Ready < requests;)
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Eventually.Deadline, $"{requests} requests did not come to the queue.");
        }
    }

    /// <summary>Calls until a call succeeds, which nothing but time may be needed for.</summary>
    public async Task ServesAgainAsync()
    {
        for (var started = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                Assert.Equal(7, await Ordeal.Echo(7));
                return;
            }
            catch (RpcException) when (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(60))
            {
                // It says so at once, or by its deadline.
            }
        }
    }

    /// <summary>Asserts that the system serves again, and that nothing is left of what happened to it.</summary>
    /// <param name="confirms">Whether the client has a channel for one-way calls.</param>
    /// <param name="replyQueues">How many reply queues the client has.</param>
    public async Task AssertSoundAsync(bool confirms = false, int replyQueues = 1)
    {
        await ServesAgainAsync();
        await Eventually.IsTrueAsync(() => Client.Calls is { Count: 0, DeadlineCount: 0, WatchedCount: 0, InFlight: 0 }, "the client holds no call");
        var servers = _servers.Count;
        await AssertFiguresAsync(Broker, new BrokerFigures(1 + servers, 1 + (confirms ? 1 : 0) + (2 * servers), replyQueues, servers));
        await Eventually.IsTrueAsync(() => Timer.ActiveCount <= _timers + MaxMoreTimers, $"{_timers} timers were active before, and now {Timer.ActiveCount}");
        await Eventually.IsTrueAsync(() => Threads() <= _threads + MaxMoreThreads, $"{_threads} threads ran before, and now {Threads()}");
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true), 0, _bytes + MaxMoreBytes);
        Assert.Equal(1, ClientLine.Count);
        Assert.Equal(servers, ServerLine.Count);
    }

    /// <summary>Asserts that a broker holds this much and no more, soon.</summary>
    public static async Task AssertFiguresAsync(PrivateBroker broker, BrokerFigures expected)
    {
        var figures = await BrokerFigures.OfAsync(broker);
        for (var attempt = 0; figures != expected && attempt < 10; attempt++)
        {
            figures = await BrokerFigures.OfAsync(broker); // each takes a while
        }

        Assert.Equal(expected, figures);
    }

    public async ValueTask DisposeAsync()
    {
        Gate.Open();
        ClientLine.Resume();
        ServerLine.Resume();
        if (Client is not null)
        {
            await Client.DisposeAsync();
        }

        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        await ClientLine.DisposeAsync();
        await ServerLine.DisposeAsync();
        Ledger.Dispose();
    }

    private static int Threads()
    {
        using var self = Process.GetCurrentProcess();
        return self.Threads.Count;
    }

    private void Measure()
    {
        _bytes = GC.GetTotalMemory(forceFullCollection: true);
        _threads = Threads();
        _timers = Timer.ActiveCount;
    }
}
