namespace Rpc.TestKit.Conformance;

/// <summary>Where the suite runs: the one thing that differs between its runs.</summary>
public interface IConformanceBroker
{
    /// <summary>Whether calls may share messages. Where they may, servers that the test starts count as known to understand it, and their methods as quick.</summary>
    bool Batching => true;

    /// <summary>What clients and servers are given to find the broker.</summary>
    Task<string> GetConnectionStringAsync();

    /// <summary>Opens a party that knows nothing of the library.</summary>
    Task<IRawSide> OpenRawAsync();

    /// <summary>Opens a way to the broker that the test can break, beside the one of <see cref="GetConnectionStringAsync"/>.</summary>
    Task<IBrokerPath> OpenPathAsync();

    /// <summary>Makes a clock that stands until the test moves it.</summary>
    ManualClock CreateClock();
}
