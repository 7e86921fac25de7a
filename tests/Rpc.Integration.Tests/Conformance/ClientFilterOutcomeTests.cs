using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class ClientFilterOutcomeTests(BrokerFixture fixture) : ClientFilterOutcomeConformance(new RabbitMqConformanceBroker(fixture));
