using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class RefusalTests(BrokerFixture fixture) : RefusalConformance(new RabbitMqConformanceBroker(fixture));
