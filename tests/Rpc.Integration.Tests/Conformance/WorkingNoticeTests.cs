using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class WorkingNoticeTests(BrokerFixture fixture) : WorkingNoticeConformance(new RabbitMqConformanceBroker(fixture));
