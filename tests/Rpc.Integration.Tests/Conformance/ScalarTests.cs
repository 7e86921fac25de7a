using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class ScalarTests(BrokerFixture fixture) : ScalarConformance(new RabbitMqConformanceBroker(fixture));
