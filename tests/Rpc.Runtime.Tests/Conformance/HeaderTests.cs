using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class HeaderTests() : HeaderConformance(new MemoryConformanceBroker());
