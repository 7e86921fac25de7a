using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class AckBeforeRunTests(BrokerFixture fixture) : AckBeforeRunConformance(new RabbitMqConformanceBroker(fixture));
