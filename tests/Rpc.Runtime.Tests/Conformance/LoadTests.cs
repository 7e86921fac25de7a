using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class LoadTests() : LoadConformance(new MemoryConformanceBroker());
