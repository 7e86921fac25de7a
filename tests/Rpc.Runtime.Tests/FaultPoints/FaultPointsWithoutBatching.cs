using Rpc.Runtime.Tests.Conformance;
using Rpc.TestKit.Conformance;
using Rpc.TestKit.FaultPoints;

namespace Rpc.Runtime.Tests.FaultPoints;

// The same suite once more, with one message for each call.

public sealed class DispatchFaultTestsWithoutBatching() : DispatchFaultConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class HandlerFaultTestsWithoutBatching() : HandlerFaultConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class ReplyFaultTestsWithoutBatching() : ReplyFaultConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class RequestFaultTestsWithoutBatching() : RequestFaultConformance(new WithoutBatching(new MemoryConformanceBroker()));
