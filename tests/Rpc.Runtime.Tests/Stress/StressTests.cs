using Rpc.Runtime.Tests.Conformance;
using Rpc.TestKit.Stress;
using Rpc.Transport.Memory;

namespace Rpc.Runtime.Tests.Stress;

/// <summary>The run over the embedded broker, whose connections are lost now and then.</summary>
public sealed class StressTests() : StressConformance(new MemoryConformanceBroker(), calls: 100_000)
{
    protected override bool Disturb(string address, int time)
    {
        MemoryBroker.Get(address["memory://".Length..]).Drop(time % 2 == 0 ? "stressed server" : "stressed client");
        return true;
    }
}
