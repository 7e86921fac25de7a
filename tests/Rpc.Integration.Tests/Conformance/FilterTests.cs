using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class FilterTests(BrokerFixture fixture) : FilterConformance(new RabbitMqConformanceBroker(fixture));
