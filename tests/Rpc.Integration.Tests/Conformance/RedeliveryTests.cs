using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class RedeliveryTests(BrokerFixture fixture) : RedeliveryConformance(new RabbitMqConformanceBroker(fixture));
