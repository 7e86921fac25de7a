namespace Rpc.Bench.Fairness;

/// <summary>The phases of <see cref="IMixed.Changing"/>: told by the machine's clock, so that all processes agree on them.</summary>
internal static class Phases
{
    /// <summary>How long each is.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(5);

    /// <summary>The machine's clock.</summary>
    public static DateTime Now => DateTime.UtcNow;

    /// <summary>Whether calls are slow at an instant.</summary>
    /// <param name="instant">The instant.</param>
    public static bool IsSlow(DateTime instant) => instant.Ticks / Length.Ticks % 2 == 1;

    /// <summary>How long it is until a slow phase begins.</summary>
    /// <param name="instant">From when on.</param>
    public static TimeSpan UntilSlow(DateTime instant)
    {
        var period = 2 * Length.Ticks;
        return TimeSpan.FromTicks((period + Length.Ticks - (instant.Ticks % period)) % period);
    }
}
