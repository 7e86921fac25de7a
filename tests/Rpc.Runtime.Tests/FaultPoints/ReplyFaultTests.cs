using Rpc.Runtime.Tests.Conformance;
using Rpc.TestKit.FaultPoints;

namespace Rpc.Runtime.Tests.FaultPoints;

public sealed class ReplyFaultTests() : ReplyFaultConformance(new MemoryConformanceBroker());
