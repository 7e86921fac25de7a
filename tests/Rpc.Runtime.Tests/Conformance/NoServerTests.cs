using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class NoServerTests() : NoServerConformance(new MemoryConformanceBroker());
