using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class AgeTests() : AgeConformance(new MemoryConformanceBroker());
