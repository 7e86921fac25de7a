using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class PayloadTests() : PayloadConformance(new MemoryConformanceBroker());
