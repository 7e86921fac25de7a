using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

[Collection(FaultyBroker.Name)]
public sealed class StoppedTests(FaultyRabbitMq broker) : StoppedConformance(broker);
