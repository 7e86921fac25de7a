using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class ConcurrencyTests() : ConcurrencyConformance(new MemoryConformanceBroker());
