using Rpc.TestKit.Conformance;

namespace Rpc.Integration.Tests.Conformance;

[Collection(FaultyBroker.Name)]
public sealed class BlockedTests(FaultyRabbitMq broker) : BlockedConformance(broker);
