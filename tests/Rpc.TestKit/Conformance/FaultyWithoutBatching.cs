namespace Rpc.TestKit.Conformance;

/// <summary>The same for a broker that fails when a test wants it to.</summary>
/// <param name="broker">Where the suite runs.</param>
public sealed class FaultyWithoutBatching(IFaultyBroker broker) : WithoutBatching(broker), IFaultyBroker
{
    private readonly IFaultyBroker _broker = broker;

    public Task BlockAsync() => _broker.BlockAsync();

    public Task UnblockAsync() => _broker.UnblockAsync();

    public Task StopAsync() => _broker.StopAsync();

    public Task StartAsync() => _broker.StartAsync();
}
