using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class BlockedTests() : BlockedConformance(new MemoryConformanceBroker());
