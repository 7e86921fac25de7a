using System.Collections.Concurrent;
using Rpc.TestKit.Faults;

namespace Rpc.Bench.Soak;

/// <summary>What happened to the calls. Thread-safe.</summary>
internal sealed class SoakTally
{
    private readonly ConcurrentDictionary<string, int> _rows = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private TimeSpan _longestHang;
    private string _longestCall = "-";

    /// <summary>The calls whose runs are counted, and how each ended.</summary>
    public ConcurrentDictionary<string, Outcome> Counted { get; } = new(StringComparer.Ordinal);

    /// <summary>What must not have happened.</summary>
    public ConcurrentQueue<string> Broken { get; } = new();

    /// <summary>How many calls have ended.</summary>
    public int Calls => _rows.Values.Sum();

    /// <summary>Notes a call's end.</summary>
    /// <param name="row">How it ended.</param>
    /// <param name="call">Which call.</param>
    /// <param name="late">How long after its deadline; negative if before.</param>
    public void Add(string row, string call, TimeSpan late)
    {
        _rows.AddOrUpdate(row, 1, static (_, count) => count + 1);
        lock (_gate)
        {
            if (late > _longestHang)
            {
                (_longestHang, _longestCall) = (late, call);
            }
        }

        if (late > TimeSpan.FromSeconds(1))
        {
            Broken.Enqueue($"{call} ended {late.TotalSeconds:0.00} s after its deadline, as {row}");
        }
    }

    /// <summary>Prints all of it.</summary>
    public void Print(TextWriter to)
    {
        to.WriteLine();
        to.WriteLine($"{Calls} calls; the longest hang past a deadline: {_longestHang.TotalMilliseconds:0} ms ({_longestCall})");
        to.WriteLine();
        to.WriteLine("| calls | outcome |");
        to.WriteLine("|---:|---|");
        foreach (var (row, count) in _rows.OrderByDescending(static row => row.Value))
        {
            to.WriteLine($"| {count} | {row} |");
        }

        to.WriteLine();
        foreach (var broken in Broken.Take(50))
        {
            to.WriteLine($"BROKEN: {broken}");
        }

        to.WriteLine(Broken.IsEmpty ? "All promises held." : $"{Broken.Count} promises were broken.");
    }
}
