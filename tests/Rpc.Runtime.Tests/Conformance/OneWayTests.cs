using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class OneWayTests() : OneWayConformance(new MemoryConformanceBroker());
