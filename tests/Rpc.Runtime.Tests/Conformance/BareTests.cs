using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class BareTests() : BareConformance(new MemoryConformanceBroker());
