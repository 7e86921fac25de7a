using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class ServerLostTests() : ServerLostConformance(new MemoryConformanceBroker());
