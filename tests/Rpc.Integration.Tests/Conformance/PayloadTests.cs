using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class PayloadTests(BrokerFixture fixture) : PayloadConformance(new RabbitMqConformanceBroker(fixture));
