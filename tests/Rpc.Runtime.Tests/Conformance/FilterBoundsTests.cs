using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class FilterBoundsTests() : FilterBoundsConformance(new MemoryConformanceBroker());
