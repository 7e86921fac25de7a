using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class UnknownTargetTests() : UnknownTargetConformance(new MemoryConformanceBroker());
