using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class ClientFilterTests() : ClientFilterConformance(new MemoryConformanceBroker());
