using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class BadRequestTests(BrokerFixture fixture) : BadRequestConformance(new RabbitMqConformanceBroker(fixture));
