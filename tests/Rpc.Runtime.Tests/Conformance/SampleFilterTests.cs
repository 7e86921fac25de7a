using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class SampleFilterTests() : SampleFilterConformance(new MemoryConformanceBroker());
