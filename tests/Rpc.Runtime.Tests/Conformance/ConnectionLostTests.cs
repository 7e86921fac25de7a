using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class ConnectionLostTests() : ConnectionLostConformance(new MemoryConformanceBroker());
