using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class DrainTests() : DrainConformance(new MemoryConformanceBroker());
