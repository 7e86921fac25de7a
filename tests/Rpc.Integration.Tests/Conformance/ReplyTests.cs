using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class ReplyTests(BrokerFixture fixture) : ReplyConformance(new RabbitMqConformanceBroker(fixture));
