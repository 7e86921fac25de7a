using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class WorkingNoticeTests() : WorkingNoticeConformance(new MemoryConformanceBroker());
