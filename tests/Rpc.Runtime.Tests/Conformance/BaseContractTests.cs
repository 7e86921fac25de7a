using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class BaseContractTests() : BaseContractConformance(new MemoryConformanceBroker());
