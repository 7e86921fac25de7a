using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class ServerLostTests(BrokerFixture fixture) : ServerLostConformance(new RabbitMqConformanceBroker(fixture));
