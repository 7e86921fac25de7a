using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class BatchServingTests(BrokerFixture fixture) : BatchServingConformance(new RabbitMqConformanceBroker(fixture));
