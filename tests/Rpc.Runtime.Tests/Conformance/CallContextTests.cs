using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class CallContextTests() : CallContextConformance(new MemoryConformanceBroker());
