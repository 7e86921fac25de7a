using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class CallOptionsTests() : CallOptionsConformance(new MemoryConformanceBroker());
