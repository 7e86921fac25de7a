using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class BatchServingTests() : BatchServingConformance(new MemoryConformanceBroker());
