using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class HandlerFailureTests(BrokerFixture fixture) : HandlerFailureConformance(new RabbitMqConformanceBroker(fixture));
