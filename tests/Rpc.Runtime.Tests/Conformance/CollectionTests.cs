using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class CollectionTests() : CollectionConformance(new MemoryConformanceBroker());
