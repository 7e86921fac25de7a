using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class RetryRulesTests() : RetryRulesConformance(new MemoryConformanceBroker());
