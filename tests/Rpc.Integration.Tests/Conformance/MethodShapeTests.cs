using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class MethodShapeTests(BrokerFixture fixture) : MethodShapeConformance(new RabbitMqConformanceBroker(fixture));
