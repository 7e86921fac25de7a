using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class RefusalTests() : RefusalConformance(new MemoryConformanceBroker());
