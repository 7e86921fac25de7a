using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class BaseContractTests(BrokerFixture fixture) : BaseContractConformance(new RabbitMqConformanceBroker(fixture));
