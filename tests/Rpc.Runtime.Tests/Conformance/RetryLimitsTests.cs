using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class RetryLimitsTests() : RetryLimitsConformance(new MemoryConformanceBroker());
