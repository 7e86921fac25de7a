using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class UnknownTypeTests(BrokerFixture fixture) : UnknownTypeConformance(new RabbitMqConformanceBroker(fixture));
