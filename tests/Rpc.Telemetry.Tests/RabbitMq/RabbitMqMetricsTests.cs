using Rpc.Integration.Tests.Conformance;
using Rpc.TestKit.Broker;

namespace Rpc.Telemetry.Tests;

public sealed class RabbitMqMetricsTests(BrokerFixture fixture) : MetricsSuite(new RabbitMqConformanceBroker(fixture));
