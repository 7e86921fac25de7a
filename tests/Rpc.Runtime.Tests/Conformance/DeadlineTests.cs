using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class DeadlineTests() : DeadlineConformance(new MemoryConformanceBroker());
