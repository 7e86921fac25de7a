using Rpc.Runtime.Tests.Conformance;

namespace Rpc.Telemetry.Tests;

public sealed class MemoryTracingTests() : TracingSuite(new MemoryConformanceBroker());
