namespace Rpc.Bench.Load;

/// <summary>What a client process has measured.</summary>
/// <param name="Calls">Calls that ended well inside the measured time.</param>
/// <param name="Seconds">The measured time.</param>
/// <param name="AllCalls">Calls that ended well before, inside and after it.</param>
/// <param name="Failed">Calls that failed.</param>
internal sealed record LoadResult(long Calls, double Seconds, long AllCalls, long Failed)
{
    /// <summary>Calls in a second; 0 where no time was measured.</summary>
    public double Rate => Seconds > 0 ? Calls / Seconds : 0;

    /// <summary>The median latency, in microseconds.</summary>
    public double P50 { get; init; }

    /// <summary>The latency that one call in a hundred exceeds, in microseconds.</summary>
    public double P99 { get; init; }

    /// <summary>Of an open loop: how late the calling thread was for one call in a hundred, before the call was even made, in microseconds.</summary>
    public double LateP99 { get; init; }

    /// <summary>Processor time of this process for each call, in microseconds.</summary>
    public double CpuPerCall { get; init; }

    /// <summary>Bytes that this process allocated for each call.</summary>
    public double BytesPerCall { get; init; }

    /// <summary>Of pending calls: the managed heap after a full collection.</summary>
    public long HeapBytes { get; init; }

    /// <summary>What the first call that failed said.</summary>
    public string? FirstFailure { get; init; }
}
