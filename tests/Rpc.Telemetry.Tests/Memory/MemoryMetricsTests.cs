using Rpc.Runtime.Tests.Conformance;

namespace Rpc.Telemetry.Tests;

public sealed class MemoryMetricsTests() : MetricsSuite(new MemoryConformanceBroker());
