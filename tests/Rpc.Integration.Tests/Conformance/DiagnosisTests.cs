using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class DiagnosisTests(BrokerFixture fixture) : DiagnosisConformance(new RabbitMqConformanceBroker(fixture));
