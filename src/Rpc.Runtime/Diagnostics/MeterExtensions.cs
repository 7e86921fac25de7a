using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Rpc.Diagnostics;

/// <summary>
/// Tells measurements to whoever listens. A listener is called on the way of the call, and what it throws would end there: a request that has been sent would
/// be said not to have run, one that has come would never be settled. So that is lost, and only that.
/// </summary>
internal static class MeterExtensions
{
    /// <summary>Counts.</summary>
    public static void Tell<T>(this Counter<T> counter, T value, in TagList tags)
        where T : struct
    {
        try
        {
            counter.Add(value, tags);
        }
        catch (Exception)
        {
            // See above.
        }
    }

    /// <summary>Counts up or down.</summary>
    public static void Tell<T>(this UpDownCounter<T> counter, T value, in TagList tags)
        where T : struct
    {
        try
        {
            counter.Add(value, tags);
        }
        catch (Exception)
        {
            // See above.
        }
    }

    /// <summary>Records.</summary>
    public static void Tell<T>(this Histogram<T> histogram, T value, in TagList tags)
        where T : struct
    {
        try
        {
            histogram.Record(value, tags);
        }
        catch (Exception)
        {
            // See above.
        }
    }
}
