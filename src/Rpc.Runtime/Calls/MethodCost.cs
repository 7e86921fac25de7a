namespace Rpc.Calls;

/// <summary>What one call of a method costs its server, learned from the times that replies name: handler start to end, without any waiting. Thread-safe.</summary>
internal sealed class MethodCost(TimeProvider time)
{
    // What has not been heard of for so long is unknown again: the method may have become slow, and a batch of slow calls holds up one server while others
    // are idle.
    private static readonly TimeSpan s_memory = TimeSpan.FromSeconds(10);

    private double _microseconds = -1;
    private long _heard;

    /// <summary>The cost in microseconds; <see langword="null"/> if it is not known.</summary>
    public double? Microseconds
    {
        get
        {
            var known = Volatile.Read(ref _microseconds);
            return known >= 0 && time.GetElapsedTime(Volatile.Read(ref _heard)) < s_memory ? known : null;
        }
    }

    /// <summary>Learns from one call. Quick to believe that the method has become slow, slow to believe that it has become quick.</summary>
    /// <param name="took">How long it took, in microseconds.</param>
    public void Took(double took)
    {
        // Two threads at once may lose one sample of many.
        var known = Microseconds;
        var learned = known is { } before ? before + ((took - before) * (took > before ? 1 / 4.0 : 1 / 64.0)) : took;
        Volatile.Write(ref _microseconds, learned);
        Volatile.Write(ref _heard, time.GetTimestamp());
    }
}
