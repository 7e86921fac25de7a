using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class CallContextTests(BrokerFixture fixture) : CallContextConformance(new RabbitMqConformanceBroker(fixture));
