using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class SizeAndFormatTests(BrokerFixture fixture) : SizeAndFormatConformance(new RabbitMqConformanceBroker(fixture));
