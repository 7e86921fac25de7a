using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class AgeTests(BrokerFixture fixture) : AgeConformance(new RabbitMqConformanceBroker(fixture));
