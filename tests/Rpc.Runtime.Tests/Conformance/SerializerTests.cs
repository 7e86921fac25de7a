using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class SerializerTests() : SerializerConformance(new MemoryConformanceBroker());
