using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class NestedCallTests() : NestedCallConformance(new MemoryConformanceBroker());
