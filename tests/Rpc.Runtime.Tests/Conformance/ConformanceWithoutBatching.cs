using Rpc.TestKit.Conformance;

namespace Rpc.Runtime.Tests.Conformance;

// The same suite once more, with one message for each call.

public sealed class AckBeforeRunTestsWithoutBatching() : AckBeforeRunConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class AdoptionTestsWithoutBatching() : AdoptionConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class AgeTestsWithoutBatching() : AgeConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class BadRequestTestsWithoutBatching() : BadRequestConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class BareTestsWithoutBatching() : BareConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class BaseContractTestsWithoutBatching() : BaseContractConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class BlockedTestsWithoutBatching() : BlockedConformance(new FaultyWithoutBatching(new MemoryConformanceBroker()));

public sealed class CallContextTestsWithoutBatching() : CallContextConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class CallOptionsTestsWithoutBatching() : CallOptionsConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class CancellationTestsWithoutBatching() : CancellationConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class ClientFilterOutcomeTestsWithoutBatching() : ClientFilterOutcomeConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class ClientFilterTestsWithoutBatching() : ClientFilterConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class CollectionTestsWithoutBatching() : CollectionConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class ConcurrencyTestsWithoutBatching() : ConcurrencyConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class ConnectionLostTestsWithoutBatching() : ConnectionLostConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class DeadlineTestsWithoutBatching() : DeadlineConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class DiagnosisTestsWithoutBatching() : DiagnosisConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class DrainTestsWithoutBatching() : DrainConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class FilterBoundsTestsWithoutBatching() : FilterBoundsConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class FilterTestsWithoutBatching() : FilterConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class HandlerFailureTestsWithoutBatching() : HandlerFailureConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class HeaderTestsWithoutBatching() : HeaderConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class LoadTestsWithoutBatching() : LoadConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class MethodShapeTestsWithoutBatching() : MethodShapeConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class NestedCallTestsWithoutBatching() : NestedCallConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class NoServerTestsWithoutBatching() : NoServerConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class NullableTestsWithoutBatching() : NullableConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class OneWayTestsWithoutBatching() : OneWayConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class PayloadTestsWithoutBatching() : PayloadConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class RedeliveryTestsWithoutBatching() : RedeliveryConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class RefusalTestsWithoutBatching() : RefusalConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class ReplyAddressTestsWithoutBatching() : ReplyAddressConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class ReplyTestsWithoutBatching() : ReplyConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class RetryLimitsTestsWithoutBatching() : RetryLimitsConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class RetryRulesTestsWithoutBatching() : RetryRulesConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class RetryTestsWithoutBatching() : RetryConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class RunningCancellationTestsWithoutBatching() : RunningCancellationConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class SampleFilterTestsWithoutBatching() : SampleFilterConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class ScalarTestsWithoutBatching() : ScalarConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class ServerLostTestsWithoutBatching() : ServerLostConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class SizeAndFormatTestsWithoutBatching() : SizeAndFormatConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class StoppedTestsWithoutBatching() : StoppedConformance(new FaultyWithoutBatching(new MemoryConformanceBroker()));

public sealed class UnknownTargetTestsWithoutBatching() : UnknownTargetConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class UnknownTypeTestsWithoutBatching() : UnknownTypeConformance(new WithoutBatching(new MemoryConformanceBroker()));

public sealed class WorkingNoticeTestsWithoutBatching() : WorkingNoticeConformance(new WithoutBatching(new MemoryConformanceBroker()));
