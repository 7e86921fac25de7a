using Microsoft.Extensions.Time.Testing;
using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

/// <summary>The embedded broker; one of its own for each test.</summary>
public sealed class MemoryConformanceBroker : IConformanceBroker
{
    private readonly string _name = $"conformance-{Guid.NewGuid():N}";

    public Task<string> GetConnectionStringAsync() => Task.FromResult($"memory://{_name}");

    public Task<IRawSide> OpenRawAsync() => Task.FromResult<IRawSide>(new MemoryRawSide(_name));

    public ManualClock CreateClock()
    {
        var clock = new FakeTimeProvider();
        return new ManualClock(clock, clock.Advance);
    }
}
