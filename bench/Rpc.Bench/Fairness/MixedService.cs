using System.Diagnostics;
using Rpc.Bench.Contract;

namespace Rpc.Bench.Fairness;

/// <summary>The handlers of <see cref="IMixed"/>.</summary>
internal sealed class MixedService : IMixed
{
    private readonly FixedPause _slow = new(TimeSpan.FromMilliseconds(50));
    private readonly FixedPause _changing = new(TimeSpan.FromMilliseconds(20));

    /// <inheritdoc/>
    public Task<int> Brief(int number)
    {
        Compute(TimeSpan.FromMicroseconds(20));
        return Task.FromResult(number + 1);
    }

    /// <inheritdoc/>
    public async Task<int> Slow(int number)
    {
        await _slow.WaitAsync();
        return number + 1;
    }

    /// <inheritdoc/>
    public async Task<int> Changing(int number)
    {
        if (Phases.IsSlow(Phases.Now))
        {
            await _changing.WaitAsync();
        }
        else
        {
            Compute(TimeSpan.FromMicroseconds(10));
        }

        return number + 1;
    }

    private static void Compute(TimeSpan time)
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            Thread.SpinWait(10);
        }
    }
}
