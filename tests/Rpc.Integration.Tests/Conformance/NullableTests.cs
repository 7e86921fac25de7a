using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class NullableTests(BrokerFixture fixture) : NullableConformance(new RabbitMqConformanceBroker(fixture));
