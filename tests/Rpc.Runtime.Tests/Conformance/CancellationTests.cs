using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class CancellationTests() : CancellationConformance(new MemoryConformanceBroker());
