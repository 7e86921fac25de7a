using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

public sealed class SizeAndFormatTests() : SizeAndFormatConformance(new MemoryConformanceBroker());
