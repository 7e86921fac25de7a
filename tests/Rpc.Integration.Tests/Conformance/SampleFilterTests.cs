using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class SampleFilterTests(BrokerFixture fixture) : SampleFilterConformance(new RabbitMqConformanceBroker(fixture));
