using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class ScalarTests() : ScalarConformance(new MemoryConformanceBroker());
