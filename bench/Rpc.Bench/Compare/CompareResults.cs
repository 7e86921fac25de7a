using Rpc.Bench.Contenders;
using Rpc.Bench.Load;
using Rpc.Bench.Lone;
using Rpc.Bench.Processes;
using Rpc.Bench.Reports;

namespace Rpc.Bench.Compare;

/// <summary>Everything that a comparison has measured.</summary>
internal sealed class CompareResults
{
    private readonly Dictionary<(Contender Contender, WorkItem Work, int InFlight), List<PairResult>> _pairs = [];
    private readonly Dictionary<Contender, List<double>> _eight = [];

    /// <summary>Of each round, what the open loop gave.</summary>
    public List<PairResult> OpenLoop { get; } = [];

    /// <summary>Of each round, a lone call in one process.</summary>
    public List<LoneResult> Lone { get; } = [];

    /// <summary>Calls per message of ours as shipped, at 64 in flight, as the broker has counted.</summary>
    public List<double> CallsPerMessage { get; } = [];

    /// <summary>Adds what a pair of processes has measured.</summary>
    public void Add(Contender contender, WorkItem work, int inFlight, PairResult result) => Add(_pairs, (contender, work, inFlight), result);

    /// <summary>Adds what eight client processes reached together.</summary>
    public void AddEight(Contender contender, double rate) => Add(_eight, contender, rate);

    /// <summary>Whether there is anything of this.</summary>
    public bool Has(Contender contender, WorkItem work, int inFlight) => _pairs.ContainsKey((contender, work, inFlight));

    /// <summary>The median over the rounds.</summary>
    public double Median(Contender contender, WorkItem work, int inFlight, Func<PairResult, double> figure) =>
        Rounds(contender, work, inFlight).Select(figure).Median();

    /// <summary>The median of the ratios of each round: two measurements of one round were made right after each other.</summary>
    public double Ratio(Contender contender, Contender to, WorkItem work, int inFlight, Func<PairResult, double> figure) =>
        Ratios(contender, to, work, inFlight, figure).Median();

    /// <summary>The ratios of each round.</summary>
    public IEnumerable<double> Ratios(Contender contender, Contender to, WorkItem work, int inFlight, Func<PairResult, double> figure) =>
        Rounds(contender, work, inFlight).Select(figure).Zip(Rounds(to, work, inFlight).Select(figure), static (one, other) => one / other);

    /// <summary>The calls that failed, of all rounds.</summary>
    public long Failed(Contender contender, WorkItem work, int inFlight) => Rounds(contender, work, inFlight).Sum(static result => result.Client.Failed);

    /// <summary>What the first call that failed said; <see langword="null"/> if none did.</summary>
    public string? FirstFailure(Contender contender, WorkItem work, int inFlight) =>
        Rounds(contender, work, inFlight).Select(static result => result.Client.FirstFailure).FirstOrDefault(static failure => failure is not null);

    /// <summary>The median of what eight client processes reached together.</summary>
    public double Eight(Contender contender) => _eight.GetValueOrDefault(contender, []).Median();

    /// <summary>The median ratio of what eight client processes reached together.</summary>
    public double EightRatio(Contender contender, Contender to) =>
        _eight.GetValueOrDefault(contender, []).Zip(_eight.GetValueOrDefault(to, []), static (one, other) => one / other).Median();

    private List<PairResult> Rounds(Contender contender, WorkItem work, int inFlight) => _pairs.GetValueOrDefault((contender, work, inFlight), []);

    private static void Add<TKey, TValue>(Dictionary<TKey, List<TValue>> lists, TKey key, TValue value)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists.Add(key, list = []);
        }

        list.Add(value);
    }
}
