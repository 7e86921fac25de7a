namespace Rpc.Calls;

/// <summary>What one call of a method costs its server, learned from the times that replies name: handler start to end, without any waiting. Thread-safe.</summary>
internal sealed class MethodCost(TimeProvider time)
{
    // What has not been heard of for so long is unknown again: the method may have become slow, and a batch of slow calls holds up one server while others
    // are idle.
    private static readonly TimeSpan s_memory = TimeSpan.FromSeconds(10);

    // What has been heard of within this time need not be asked for again.
    private static readonly TimeSpan s_fresh = s_memory / 2;

    private double _microseconds = -1;
    private long _heard;

    /// <summary>The cost in microseconds; <see langword="null"/> if it is not known.</summary>
    public double? Microseconds => At(time.GetTimestamp());

    /// <summary>The cost in microseconds as it was known at some time; <see langword="null"/> if it was not.</summary>
    /// <param name="timestamp">The time, in the clock's timestamps.</param>
    public double? At(long timestamp) => HeardWithin(s_memory, timestamp);

    /// <summary>Whether the cost is known and will be for a while: a call whose reply says nothing of it is no loss.</summary>
    /// <param name="timestamp">The time, in the clock's timestamps.</param>
    public bool IsFresh(long timestamp) => HeardWithin(s_fresh, timestamp) is not null;

    /// <summary>Learns from one call. Quick to believe that the method has become slow, slow to believe that it has become quick.</summary>
    /// <param name="took">How long it took, in microseconds.</param>
    public void Took(double took) => Took(took, time.GetTimestamp());

    /// <inheritdoc cref="Took(double)"/>
    /// <param name="took">How long it took, in microseconds.</param>
    /// <param name="now">The time, in the clock's timestamps.</param>
    public void Took(double took, long now)
    {
        // Two threads at once may lose one sample of many.
        var known = At(now);
        var learned = known is { } before ? before + ((took - before) * (took > before ? 1 / 4.0 : 1 / 64.0)) : took;
        Volatile.Write(ref _microseconds, learned);
        Volatile.Write(ref _heard, now);
    }

    private double? HeardWithin(TimeSpan span, long timestamp)
    {
        var known = Volatile.Read(ref _microseconds);
        return known >= 0 && time.GetElapsedTime(Volatile.Read(ref _heard), timestamp) < span ? known : null;
    }
}
