using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class BadRequestTests() : BadRequestConformance(new MemoryConformanceBroker());
