using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class CollectionTests(BrokerFixture fixture) : CollectionConformance(new RabbitMqConformanceBroker(fixture));
