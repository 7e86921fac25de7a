using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class RetryTests(BrokerFixture fixture) : RetryConformance(new RabbitMqConformanceBroker(fixture));
