using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class UnknownTargetTests(BrokerFixture fixture) : UnknownTargetConformance(new RabbitMqConformanceBroker(fixture));
