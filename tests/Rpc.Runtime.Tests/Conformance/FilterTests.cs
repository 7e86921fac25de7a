using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class FilterTests() : FilterConformance(new MemoryConformanceBroker());
