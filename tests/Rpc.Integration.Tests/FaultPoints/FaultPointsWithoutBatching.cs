using Rpc.Integration.Tests.Conformance;
using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;
using Rpc.TestKit.FaultPoints;

namespace Rpc.Integration.Tests.FaultPoints;

// The same suite once more, with one message for each call.

public sealed class DispatchFaultTestsWithoutBatching(BrokerFixture fixture) : DispatchFaultConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class HandlerFaultTestsWithoutBatching(BrokerFixture fixture) : HandlerFaultConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class ReplyFaultTestsWithoutBatching(BrokerFixture fixture) : ReplyFaultConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));

public sealed class RequestFaultTestsWithoutBatching(BrokerFixture fixture) : RequestFaultConformance(new WithoutBatching(new RabbitMqConformanceBroker(fixture)));
