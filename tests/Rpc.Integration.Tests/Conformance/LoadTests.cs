using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class LoadTests(BrokerFixture fixture) : LoadConformance(new RabbitMqConformanceBroker(fixture));
