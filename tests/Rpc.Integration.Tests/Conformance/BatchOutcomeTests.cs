using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class BatchOutcomeTests(BrokerFixture fixture) : BatchOutcomeConformance(new RabbitMqConformanceBroker(fixture));
