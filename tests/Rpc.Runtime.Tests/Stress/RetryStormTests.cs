using Rpc.Runtime.Tests.Conformance;
using Rpc.TestKit.Stress;

namespace Rpc.Runtime.Tests.Stress;

public sealed class RetryStormTests() : RetryStormConformance(new MemoryConformanceBroker());
