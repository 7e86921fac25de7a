using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class ReplyAddressTests() : ReplyAddressConformance(new MemoryConformanceBroker());
