using Rpc.Integration.Tests.Conformance;
using Rpc.TestKit.Broker;
using Rpc.TestKit.FaultPoints;

namespace Rpc.Integration.Tests.FaultPoints;

public sealed class HandlerFaultTests(BrokerFixture fixture) : HandlerFaultConformance(new RabbitMqConformanceBroker(fixture));
