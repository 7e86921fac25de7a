using Rpc.Integration.Tests.Conformance;
using Rpc.TestKit.Broker;

namespace Rpc.Telemetry.Tests;

public sealed class RabbitMqFailureTracingTests(BrokerFixture fixture) : FailureTracingSuite(new RabbitMqConformanceBroker(fixture));
