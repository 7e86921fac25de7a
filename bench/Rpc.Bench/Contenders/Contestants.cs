using Rpc.Bench.Contenders.HandWritten;

namespace Rpc.Bench.Contenders;

/// <summary>All contenders, in the order of the tables.</summary>
internal static class Contestants
{
    /// <summary>What the others are measured against.</summary>
    public static Contender Baseline { get; } = new HandWrittenContender("hand", "hand-written");

    /// <summary>The baseline once more: what it differs from itself is what a difference of that size means.</summary>
    public static Contender BaselineAgain { get; } = new HandWrittenContender("hand-again", "hand-written again");

    /// <summary>Ours, one call a message.</summary>
    public static Contender Unbatched { get; } = new OurContender("plain", "ours, batching off", batching: false);

    /// <summary>Ours, all defaults.</summary>
    public static Contender Shipped { get; } = new OurContender("ours", "ours, as shipped", batching: true);

    /// <summary>MassTransit's request client.</summary>
    public static Contender MassTransit { get; } = new MassTransitContender();

    /// <summary>HTTP/2 and JSON, without a broker.</summary>
    public static Contender Http { get; } = new HttpContender();

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Contender> All { get; } = [Baseline, BaselineAgain, Unbatched, Shipped, MassTransit, Http];

    /// <summary>Finds one by its name on the command line.</summary>
    /// <param name="id">The name.</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static Contender Find(string id) =>
        All.FirstOrDefault(contender => contender.Id == id)
        ?? throw new ArgumentException($"There is no contender '{id}'; there are {string.Join(", ", All.Select(static contender => contender.Id))}.");
}
