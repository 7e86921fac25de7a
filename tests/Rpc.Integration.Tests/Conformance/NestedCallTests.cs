using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class NestedCallTests(BrokerFixture fixture) : NestedCallConformance(new RabbitMqConformanceBroker(fixture));
