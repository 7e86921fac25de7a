using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class RetryLimitsTests(BrokerFixture fixture) : RetryLimitsConformance(new RabbitMqConformanceBroker(fixture));
