using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class ConcurrencyTests(BrokerFixture fixture) : ConcurrencyConformance(new RabbitMqConformanceBroker(fixture));
