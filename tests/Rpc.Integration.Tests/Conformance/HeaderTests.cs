using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class HeaderTests(BrokerFixture fixture) : HeaderConformance(new RabbitMqConformanceBroker(fixture));
