namespace Rpc.Integration.Tests.Conformance;

/// <summary>The tests that share <see cref="FaultyRabbitMq"/>: starting one for each would take longer than all of them together.</summary>
[CollectionDefinition(Name)]
public sealed class FaultyBroker : ICollectionFixture<FaultyRabbitMq>
{
    public const string Name = "faulty broker";
}
