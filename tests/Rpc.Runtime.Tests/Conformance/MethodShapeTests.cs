using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class MethodShapeTests() : MethodShapeConformance(new MemoryConformanceBroker());
