using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class RunningCancellationTests(BrokerFixture fixture) : RunningCancellationConformance(new RabbitMqConformanceBroker(fixture));
