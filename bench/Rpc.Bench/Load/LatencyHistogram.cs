using System.Diagnostics;
using System.Numerics;

namespace Rpc.Bench.Load;

/// <summary>Counts of durations in steps of less than 1 %, from the clock's tick to hours, in fixed memory. Thread-safe.</summary>
/// <remarks>
/// Steps double in width from one power of two to the next: 128 of them between each two, so the index is the exponent and the seven bits after the
/// leading one.
/// </remarks>
internal sealed class LatencyHistogram
{
    private const int StepBits = 7;
    private const int Steps = 1 << StepBits;

    private readonly long[] _counts = new long[(64 - StepBits) * Steps];

    /// <summary>How many durations were recorded.</summary>
    public long Count => _counts.Sum();

    /// <summary>Records a duration.</summary>
    /// <param name="ticks">It, in <see cref="Stopwatch"/>'s ticks.</param>
    public void Record(long ticks) => Interlocked.Increment(ref _counts[IndexOf(Math.Max(0, ticks))]);

    /// <summary>Forgets everything.</summary>
    public void Clear() => Array.Clear(_counts);

    /// <summary>The duration that a share of all calls did not exceed, in microseconds.</summary>
    /// <param name="share">The share, 0 to 1.</param>
    public double Microseconds(double share)
    {
        var wanted = Math.Max(1, (long)Math.Ceiling(share * Count));
        var index = 0;
        for (long counted = 0; index < _counts.Length - 1; index++)
        {
            counted += _counts[index];
            if (counted >= wanted)
            {
                break;
            }
        }

        return (StartOf(index) + StartOf(index + 1)) / 2.0 * 1e6 / Stopwatch.Frequency;
    }

    private static int IndexOf(long ticks)
    {
        if (ticks < Steps)
        {
            return (int)ticks;
        }

        var exponent = BitOperations.Log2((ulong)ticks);
        return ((exponent - StepBits + 1) << StepBits) + (int)((ticks >> (exponent - StepBits)) & (Steps - 1));
    }

    private static double StartOf(int index)
    {
        var power = index >> StepBits;
        return power == 0 ? index : Math.ScaleB(Steps + (index & (Steps - 1)), power - 1);
    }
}
