using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class ClientFilterTests(BrokerFixture fixture) : ClientFilterConformance(new RabbitMqConformanceBroker(fixture));
