using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class ConnectionLostTests(BrokerFixture fixture) : ConnectionLostConformance(new RabbitMqConformanceBroker(fixture));
