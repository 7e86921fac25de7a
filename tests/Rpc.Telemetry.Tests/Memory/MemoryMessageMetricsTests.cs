using Rpc.Runtime.Tests.Conformance;

namespace Rpc.Telemetry.Tests;

public sealed class MemoryMessageMetricsTests() : MessageMetricsSuite(new MemoryConformanceBroker());
