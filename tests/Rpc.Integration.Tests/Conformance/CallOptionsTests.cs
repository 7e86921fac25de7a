using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class CallOptionsTests(BrokerFixture fixture) : CallOptionsConformance(new RabbitMqConformanceBroker(fixture));
