using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class RetryTests() : RetryConformance(new MemoryConformanceBroker());
