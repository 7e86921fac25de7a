using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class RetryRulesTests(BrokerFixture fixture) : RetryRulesConformance(new RabbitMqConformanceBroker(fixture));
