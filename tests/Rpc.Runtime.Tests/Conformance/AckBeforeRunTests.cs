using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class AckBeforeRunTests() : AckBeforeRunConformance(new MemoryConformanceBroker());
