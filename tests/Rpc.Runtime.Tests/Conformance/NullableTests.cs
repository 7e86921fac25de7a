using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class NullableTests() : NullableConformance(new MemoryConformanceBroker());
