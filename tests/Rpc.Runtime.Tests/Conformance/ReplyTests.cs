using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class ReplyTests() : ReplyConformance(new MemoryConformanceBroker());
