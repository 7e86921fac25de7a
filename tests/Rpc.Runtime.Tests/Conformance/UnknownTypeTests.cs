using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class UnknownTypeTests() : UnknownTypeConformance(new MemoryConformanceBroker());
