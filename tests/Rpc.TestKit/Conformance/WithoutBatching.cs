namespace Rpc.TestKit.Conformance;

/// <summary>Runs the suite with one message for each call.</summary>
/// <param name="broker">Where it runs.</param>
public class WithoutBatching(IConformanceBroker broker) : IConformanceBroker
{
    public bool Batching => false;

    public Task<string> GetConnectionStringAsync() => broker.GetConnectionStringAsync();

    public Task<IRawSide> OpenRawAsync() => broker.OpenRawAsync();

    public Task<IBrokerPath> OpenPathAsync() => broker.OpenPathAsync();

    public ManualClock CreateClock() => broker.CreateClock();
}
