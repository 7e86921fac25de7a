using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class SerializerTests(BrokerFixture fixture) : SerializerConformance(new RabbitMqConformanceBroker(fixture));
