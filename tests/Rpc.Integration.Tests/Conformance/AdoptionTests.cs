using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

public sealed class AdoptionTests(BrokerFixture fixture) : AdoptionConformance(new RabbitMqConformanceBroker(fixture));
