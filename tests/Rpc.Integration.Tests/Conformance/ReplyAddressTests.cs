using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class ReplyAddressTests(BrokerFixture fixture) : ReplyAddressConformance(new RabbitMqConformanceBroker(fixture));
