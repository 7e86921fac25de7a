namespace Rpc.Bench.Load;

/// <summary>What a process has used since it started.</summary>
/// <param name="CpuMicroseconds">Processor time.</param>
/// <param name="AllocatedBytes">Bytes allocated on the managed heap.</param>
internal sealed record ProcessUsage(double CpuMicroseconds, long AllocatedBytes)
{
    /// <summary>What this process has used until now.</summary>
    public static ProcessUsage Now() => new(Environment.CpuUsage.TotalTime.TotalMicroseconds, GC.GetTotalAllocatedBytes(precise: true));

    /// <summary>What was used in between.</summary>
    public static ProcessUsage operator -(ProcessUsage later, ProcessUsage earlier) =>
        new(later.CpuMicroseconds - earlier.CpuMicroseconds, later.AllocatedBytes - earlier.AllocatedBytes);
}
