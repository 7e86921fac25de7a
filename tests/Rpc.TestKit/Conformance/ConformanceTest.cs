using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>
/// The base of every test class of the suite. A test starts what it needs with the methods here, on a queue of its own; all of it is closed, last
/// first, when the test ends.
/// </summary>
public abstract class ConformanceTest(IConformanceBroker broker) : IAsyncLifetime
{
    private readonly Stack<IAsyncDisposable> _started = new();
    private readonly List<string> _queues = [];
    private readonly List<ManualClock> _clocks = [];
    private readonly HashSet<string> _served = [];
    private IRawSide? _raw;

    /// <summary>What clients and servers are given.</summary>
    protected string Address { get; private set; } = "";

    /// <summary>The request queue of the test's main contract.</summary>
    protected string Queue { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Address = await broker.GetConnectionStringAsync();
        Queue = NewQueue();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        while (_started.TryPop(out var started))
        {
            await CloseAsync(started);
        }

        if (_raw is not null)
        {
            foreach (var queue in _queues)
            {
                await _raw.DeleteAsync(queue);
            }

            await _raw.DisposeAsync();
        }
    }

    /// <summary>Whether calls may share messages.</summary>
    protected bool Batching => broker.Batching;

    /// <summary>A queue name that nobody else has.</summary>
    /// <param name="prefix">How it starts.</param>
    protected string NewQueue(string prefix = "conformance.")
    {
        var queue = $"{prefix}{Guid.NewGuid():N}";
        _queues.Add(queue);
        return queue;
    }

    protected ManualClock CreateClock()
    {
        var clock = broker.CreateClock();
        _clocks.Add(clock);
        return clock;
    }

    /// <summary>Starts a server of one contract, on <see cref="Queue"/> unless the options name another.</summary>
    /// <param name="service">The service.</param>
    /// <param name="options">The server's options.</param>
    /// <param name="serviceOptions">The service's options.</param>
    /// <param name="path">The way to the broker; the usual one unless given.</param>
    protected async Task<RpcServer> ServeAsync<T>(
        T service, RpcServerOptions? options = null, RpcServiceOptions? serviceOptions = null, IBrokerPath? path = null)
        where T : class
    {
        serviceOptions ??= new RpcServiceOptions();
        options ??= new RpcServerOptions();
        options.ConnectionName = path?.ConnectionName ?? options.ConnectionName;
        _served.Add(serviceOptions.Queue ?? Queue);
        return Keep(await RpcServer.StartAsync(
            path?.ConnectionString ?? Address, services => services.Add(service, serviceOptions with { Queue = serviceOptions.Queue ?? Queue }), options));
    }

    /// <summary>Starts a client, whose calls are made once unless the options name others than the default: each attempt has an outcome of its own.</summary>
    /// <param name="options">The client's options.</param>
    /// <param name="path">The way to the broker; the usual one unless given.</param>
    protected async Task<RpcClient> ConnectAsync(RpcClientOptions? options = null, IBrokerPath? path = null)
    {
        options ??= new RpcClientOptions();
        options.ConnectionName = path?.ConnectionName ?? options.ConnectionName;
        options.Batching = broker.Batching;
        options.Retry = ReferenceEquals(options.Retry, RpcRetryOptions.Default) ? RpcRetryOptions.None : options.Retry;
        return Keep(await RpcClient.ConnectAsync(path?.ConnectionString ?? Address, options));
    }

    /// <summary>Starts a client and makes a proxy whose calls go to <see cref="Queue"/>.</summary>
    protected async Task<T> ConnectAsync<T>(RpcClientOptions? options = null)
        where T : class => Proxy<T>(await ConnectAsync(options));

    /// <summary>Makes a proxy whose calls go to <see cref="Queue"/>, or to another queue.</summary>
    protected T Proxy<T>(RpcClient client, string? queue = null)
        where T : class
    {
        queue ??= Queue;
        if (broker.Batching && _served.Contains(queue))
        {
            ShareMessages<T>(client, queue);
        }

        return client.Create<T>(new RpcRoute { Queue = queue });
    }

    /// <summary>Lets calls share messages from the first one on.</summary>
    protected static void ShareMessages<T>(RpcClient client, string queue)
        where T : class
    {
        var policy = client.SenderOf(queue).Policy;
        policy.Understood();
        foreach (var method in RpcContract<T>.Get().Methods)
        {
            policy.CostOf(method).Took(1);
        }
    }

    /// <summary>Opens the raw party; the same one each time.</summary>
    protected async Task<IRawSide> RawAsync() => _raw ??= await broker.OpenRawAsync();

    /// <summary>Opens a way to the broker that the test can break.</summary>
    protected async Task<IBrokerPath> OpenPathAsync() => Keep(await broker.OpenPathAsync());

    /// <summary>Reads <see cref="Queue"/> by hand, so the raw party is its server.</summary>
    protected async Task<(IRawSide Raw, IRawReader Reader)> ServeByHandAsync()
    {
        var raw = await RawAsync();
        await raw.DeclareAsync(Queue);
        return (raw, Keep(await raw.ReadAsync(Queue)));
    }

    /// <summary>Opens one more raw party.</summary>
    protected Task<IRawSide> OpenRawAsync() => broker.OpenRawAsync();

    /// <summary>Asserts how a call failed.</summary>
    protected static async Task<RpcException> FailsAsync(Task call, RpcStatus status, RpcReason reason, bool mayHaveRun)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => call);
        Assert.Equal((status, reason, mayHaveRun), (failure.Status, failure.Reason, failure.MayHaveRun));
        return failure;
    }

    /// <summary>Asserts that the client holds nothing of calls that have ended.</summary>
    protected static void AssertNothingPending(RpcClient client) => Assert.Equal((0, 0), (client.Calls.Count, client.Calls.DeadlineCount));

    /// <summary>Closes something when the test ends.</summary>
    protected T Keep<T>(T started)
        where T : IAsyncDisposable
    {
        _started.Push(started);
        return started;
    }

    // A test that fails may leave a handler at its gate, and its server would wait for it by a clock that nobody moves any more.
    private async Task CloseAsync(IAsyncDisposable started)
    {
        var closing = started.DisposeAsync().AsTask();
        for (var i = 0; i < 60 && !closing.IsCompleted; i++)
        {
            try
            {
                await closing.WaitAsync(TimeSpan.FromSeconds(1));
            }
            catch (TimeoutException) when (!closing.IsCompleted)
            {
                _clocks.ForEach(static clock => clock.Advance(TimeSpan.FromMinutes(1)));
            }
        }

        Assert.True(closing.IsCompleted, $"{started} does not close.");
        await closing;
    }
}
