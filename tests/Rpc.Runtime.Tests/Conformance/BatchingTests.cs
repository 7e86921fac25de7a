using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class BatchingTests() : BatchingConformance(new MemoryConformanceBroker());
