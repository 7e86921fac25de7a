using Rpc.Bench.Contenders;
using Rpc.Bench.Load;

namespace Rpc.Bench.Compare;

/// <summary>What a comparison measures.</summary>
internal sealed record CompareSettings
{
    /// <summary>How often everything is measured.</summary>
    public required int Rounds { get; init; }

    /// <summary>How long each measurement takes.</summary>
    public required double Seconds { get; init; }

    /// <summary>How long each pair of processes is driven before it is measured, in seconds.</summary>
    public required double WarmUpSeconds { get; init; }

    /// <summary>The numbers of callers.</summary>
    public required IReadOnlyList<int> InFlight { get; init; }

    /// <summary>The methods.</summary>
    public required IReadOnlyList<WorkItem> Work { get; init; }

    /// <summary>Who takes part.</summary>
    public required IReadOnlyList<Contender> Contenders { get; init; }

    /// <summary>In how many of the rounds the other loads are measured, too: many clients, the open loop, the lone call.</summary>
    public required int OtherLoadsRounds { get; init; }

    /// <summary>Handlers at once and requests sent ahead, the same for all who have such a setting.</summary>
    public int Concurrency { get; init; } = 256;
}
