using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class ClientFilterOutcomeTests() : ClientFilterOutcomeConformance(new MemoryConformanceBroker());
