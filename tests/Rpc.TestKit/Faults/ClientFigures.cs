namespace Rpc.TestKit.Faults;

/// <summary>What a client holds of calls that have not ended.</summary>
/// <param name="Calls">Entries of its table.</param>
/// <param name="Deadlines">Deadlines that wait.</param>
/// <param name="Watched">Calls whose servers are watched.</param>
/// <param name="InFlight">Callers that wait.</param>
public sealed record ClientFigures(int Calls, int Deadlines, int Watched, int InFlight)
{
    /// <summary>Nothing.</summary>
    public static ClientFigures None { get; } = new(0, 0, 0, 0);

    /// <summary>Looks at a client.</summary>
    public static ClientFigures Of(RpcClient client) =>
        new(client.Calls.Count, client.Calls.DeadlineCount, client.Calls.WatchedCount, client.Calls.InFlight);
}
