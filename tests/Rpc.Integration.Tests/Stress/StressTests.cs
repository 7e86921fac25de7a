using Rpc.Integration.Tests.Conformance;
using Rpc.TestKit.Broker;
using Rpc.TestKit.Stress;

namespace Rpc.Integration.Tests.Stress;

public sealed class StressTests(BrokerFixture fixture) : StressConformance(new RabbitMqConformanceBroker(fixture), calls: 20_000);
