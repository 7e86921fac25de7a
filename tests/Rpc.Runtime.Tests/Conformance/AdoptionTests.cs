using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class AdoptionTests() : AdoptionConformance(new MemoryConformanceBroker());
