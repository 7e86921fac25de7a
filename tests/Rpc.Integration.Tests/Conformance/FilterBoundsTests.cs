using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class FilterBoundsTests(BrokerFixture fixture) : FilterBoundsConformance(new RabbitMqConformanceBroker(fixture));
