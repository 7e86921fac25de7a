using Rpc.Integration.Tests.Conformance;
using Rpc.TestKit.Broker;

namespace Rpc.Telemetry.Tests;

public sealed class RabbitMqMessageMetricsTests(BrokerFixture fixture) : MessageMetricsSuite(new RabbitMqConformanceBroker(fixture));
