using Rpc.Runtime.Tests.Conformance;

namespace Rpc.Telemetry.Tests;

public sealed class MemoryFailureTracingTests() : FailureTracingSuite(new MemoryConformanceBroker());
