namespace Rpc.Bench.Load;

/// <summary>What a client process is told to do.</summary>
/// <param name="Kind">The shape of the load.</param>
/// <param name="Work">The method.</param>
/// <param name="InFlight">How many callers call, each again when its call has ended.</param>
/// <param name="Seconds">How long it is measured.</param>
internal sealed record LoadOrder(LoadKind Kind, WorkItem Work, int InFlight, double Seconds)
{
    /// <summary>How long the load is on before it is measured, in seconds.</summary>
    public double RampSeconds { get; init; } = 0.2;

    /// <summary>Of an open loop: calls offered in a second.</summary>
    public double Rate { get; init; }

    /// <summary>Of a burst and of pending calls: how many calls.</summary>
    public int Calls { get; init; }
}
