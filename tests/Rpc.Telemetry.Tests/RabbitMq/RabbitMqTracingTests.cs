using Rpc.Integration.Tests.Conformance;
using Rpc.TestKit.Broker;

namespace Rpc.Telemetry.Tests;

public sealed class RabbitMqTracingTests(BrokerFixture fixture) : TracingSuite(new RabbitMqConformanceBroker(fixture));
