using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class OneWayTests(BrokerFixture fixture) : OneWayConformance(new RabbitMqConformanceBroker(fixture));
