using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class RunningCancellationTests() : RunningCancellationConformance(new MemoryConformanceBroker());
