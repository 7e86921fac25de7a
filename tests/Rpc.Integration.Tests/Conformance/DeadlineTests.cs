using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class DeadlineTests(BrokerFixture fixture) : DeadlineConformance(new RabbitMqConformanceBroker(fixture));
