namespace Rpc.Integration.Tests.Faults;

/// <summary>The fault tests: alone, and one after the other, because they measure times and count what the broker holds.</summary>
[CollectionDefinition(nameof(SharedFaultBroker), DisableParallelization = true)]
public sealed class SharedFaultBroker : ICollectionFixture<FaultBroker>;
