using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class BatchingTests(BrokerFixture fixture) : BatchingConformance(new RabbitMqConformanceBroker(fixture));
