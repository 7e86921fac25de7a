using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class NoServerTests(BrokerFixture fixture) : NoServerConformance(new RabbitMqConformanceBroker(fixture));
