using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

// The same suite once more, with one message for each call.

public sealed class AckBeforeRunTestsWithoutBatching(BrokerFixture fixture) : AckBeforeRunConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class AdoptionTestsWithoutBatching(BrokerFixture fixture) : AdoptionConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class AgeTestsWithoutBatching(BrokerFixture fixture) : AgeConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class BadRequestTestsWithoutBatching(BrokerFixture fixture) : BadRequestConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class BareTestsWithoutBatching(BrokerFixture fixture) : BareConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class BaseContractTestsWithoutBatching(BrokerFixture fixture) : BaseContractConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

[Collection(FaultyBroker.Name)]
public sealed class BlockedTestsWithoutBatching(FaultyRabbitMq broker) : BlockedConformance(new FaultyWithoutBatching(broker));

public sealed class CallContextTestsWithoutBatching(BrokerFixture fixture) : CallContextConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class CallOptionsTestsWithoutBatching(BrokerFixture fixture) : CallOptionsConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class CancellationTestsWithoutBatching(BrokerFixture fixture) : CancellationConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class ClientFilterOutcomeTestsWithoutBatching(BrokerFixture fixture) : ClientFilterOutcomeConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class ClientFilterTestsWithoutBatching(BrokerFixture fixture) : ClientFilterConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class CollectionTestsWithoutBatching(BrokerFixture fixture) : CollectionConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class ConcurrencyTestsWithoutBatching(BrokerFixture fixture) : ConcurrencyConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class ConnectionLostTestsWithoutBatching(BrokerFixture fixture) : ConnectionLostConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class DeadlineTestsWithoutBatching(BrokerFixture fixture) : DeadlineConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class DiagnosisTestsWithoutBatching(BrokerFixture fixture) : DiagnosisConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class DrainTestsWithoutBatching(BrokerFixture fixture) : DrainConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class FilterBoundsTestsWithoutBatching(BrokerFixture fixture) : FilterBoundsConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class FilterTestsWithoutBatching(BrokerFixture fixture) : FilterConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class HandlerFailureTestsWithoutBatching(BrokerFixture fixture) : HandlerFailureConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class HeaderTestsWithoutBatching(BrokerFixture fixture) : HeaderConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class LoadTestsWithoutBatching(BrokerFixture fixture) : LoadConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class MethodShapeTestsWithoutBatching(BrokerFixture fixture) : MethodShapeConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class NestedCallTestsWithoutBatching(BrokerFixture fixture) : NestedCallConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class NoServerTestsWithoutBatching(BrokerFixture fixture) : NoServerConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class NullableTestsWithoutBatching(BrokerFixture fixture) : NullableConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class OneWayTestsWithoutBatching(BrokerFixture fixture) : OneWayConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class PayloadTestsWithoutBatching(BrokerFixture fixture) : PayloadConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class RedeliveryTestsWithoutBatching(BrokerFixture fixture) : RedeliveryConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class RefusalTestsWithoutBatching(BrokerFixture fixture) : RefusalConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class ReplyAddressTestsWithoutBatching(BrokerFixture fixture) : ReplyAddressConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class ReplyTestsWithoutBatching(BrokerFixture fixture) : ReplyConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class RetryLimitsTestsWithoutBatching(BrokerFixture fixture) : RetryLimitsConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class RetryRulesTestsWithoutBatching(BrokerFixture fixture) : RetryRulesConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class RetryTestsWithoutBatching(BrokerFixture fixture) : RetryConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class RunningCancellationTestsWithoutBatching(BrokerFixture fixture) : RunningCancellationConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class SampleFilterTestsWithoutBatching(BrokerFixture fixture) : SampleFilterConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class ScalarTestsWithoutBatching(BrokerFixture fixture) : ScalarConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class ServerLostTestsWithoutBatching(BrokerFixture fixture) : ServerLostConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class SizeAndFormatTestsWithoutBatching(BrokerFixture fixture) : SizeAndFormatConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

[Collection(FaultyBroker.Name)]
public sealed class StoppedTestsWithoutBatching(FaultyRabbitMq broker) : StoppedConformance(new FaultyWithoutBatching(broker));

public sealed class UnknownTargetTestsWithoutBatching(BrokerFixture fixture) : UnknownTargetConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class UnknownTypeTestsWithoutBatching(BrokerFixture fixture) : UnknownTypeConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class WorkingNoticeTestsWithoutBatching(BrokerFixture fixture) : WorkingNoticeConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));
