using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class CancellationTests(BrokerFixture fixture) : CancellationConformance(new RabbitMqConformanceBroker(fixture));
