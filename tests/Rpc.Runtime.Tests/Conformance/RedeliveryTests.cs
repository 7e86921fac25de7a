using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class RedeliveryTests() : RedeliveryConformance(new MemoryConformanceBroker());
