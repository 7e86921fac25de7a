using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class HandlerFailureTests() : HandlerFailureConformance(new MemoryConformanceBroker());
