using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class DrainTests(BrokerFixture fixture) : DrainConformance(new RabbitMqConformanceBroker(fixture));
