using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class DiagnosisTests() : DiagnosisConformance(new MemoryConformanceBroker());
