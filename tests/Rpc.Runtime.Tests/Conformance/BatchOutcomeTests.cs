using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class BatchOutcomeTests() : BatchOutcomeConformance(new MemoryConformanceBroker());
