using Microsoft.Extensions.Time.Testing;
using Rpc.TestKit.Conformance;
using Rpc.Transport.Memory;

namespace Rpc.Runtime.Tests.Conformance;

/// <summary>The embedded broker; one of its own for each test.</summary>
public sealed class MemoryConformanceBroker : IFaultyBroker
{
    private readonly string _name = $"conformance-{Guid.NewGuid():N}";

    private MemoryBroker Broker => MemoryBroker.Get(_name);

    public Task<string> GetConnectionStringAsync() => Task.FromResult($"memory://{_name}");

    public Task<IRawSide> OpenRawAsync() => Task.FromResult<IRawSide>(new MemoryRawSide(_name));

    public Task<IBrokerPath> OpenPathAsync() => Task.FromResult<IBrokerPath>(new Path(_name));

    public Task BlockAsync() => Done(Broker.Block);

    public Task UnblockAsync() => Done(Broker.Unblock);

    public Task StopAsync() => Done(Broker.Stop);

    public Task StartAsync() => Done(Broker.Start);

    public ManualClock CreateClock()
    {
        var clock = new FakeTimeProvider();
        return new ManualClock(clock, clock.Advance);
    }

    private static Task Done(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    // Connections are told apart by their names.
    private sealed class Path(string broker) : IBrokerPath
    {
        public string ConnectionString => $"memory://{broker}";

        public string ConnectionName { get; } = $"path-{Guid.NewGuid():N}";

        public Task CutAsync() => Done(() => MemoryBroker.Get(broker).Drop(ConnectionName));

        public ValueTask DisposeAsync() => default;
    }
}
