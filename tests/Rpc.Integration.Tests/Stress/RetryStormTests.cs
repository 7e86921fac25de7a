using Rpc.Integration.Tests.Conformance;
using Rpc.TestKit.Broker;
using Rpc.TestKit.Stress;

namespace Rpc.Integration.Tests.Stress;

public sealed class RetryStormTests(BrokerFixture fixture) : RetryStormConformance(new RabbitMqConformanceBroker(fixture));
