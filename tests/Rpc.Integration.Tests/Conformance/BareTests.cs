using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class BareTests(BrokerFixture fixture) : BareConformance(new RabbitMqConformanceBroker(fixture));
