using Rpc.TestKit.Broker;
using Rpc.TestKit.Faults;

namespace Rpc.Integration.Tests.Faults;

/// <summary>The base of the fault tests: what is started is closed, last first, when the test ends.</summary>
[Collection(nameof(SharedFaultBroker))]
public abstract class FaultTest(FaultBroker shared) : IAsyncLifetime
{
    private readonly Stack<IAsyncDisposable> _started = new();

    /// <summary>The shared broker.</summary>
    protected PrivateBroker Broker { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Broker = await shared.GetAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        while (_started.TryPop(out var started))
        {
            await started.DisposeAsync();
        }
    }

    /// <summary>Closes something when the test ends.</summary>
    protected T Keep<T>(T started)
        where T : IAsyncDisposable
    {
        _started.Push(started);
        return started;
    }

    /// <summary>Starts a server and a client, each behind a proxy of its own.</summary>
    private protected async Task<Rig> StartAsync(RigSettings? settings = null) => Keep(await Rig.StartAsync(Broker, settings ?? new RigSettings()));

    /// <summary>Asserts that all calls have ended in one of these ways by now or soon.</summary>
    protected static async Task AssertEndAsync(IEnumerable<Task> calls, TimeSpan within, params Outcome[] allowed)
    {
        var counts = await Outcome.CountAsync(calls, within);
        Assert.All(counts, count => Assert.Contains(count.Key, allowed));
    }
}
