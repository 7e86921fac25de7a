using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class StoppedTests() : StoppedConformance(new MemoryConformanceBroker());
