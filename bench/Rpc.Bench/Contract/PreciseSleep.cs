using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Rpc.Bench.Contract;

/// <summary>Sleeping as precisely as the kernel can. <see cref="Thread.Sleep(int)"/> knows whole milliseconds only.</summary>
internal static class PreciseSleep
{
    /// <summary>Sleeps until an instant; returns at once if it is over.</summary>
    /// <param name="timestamp">The instant, in <see cref="Stopwatch"/>'s timestamps.</param>
    public static void Until(long timestamp)
    {
        for (var left = timestamp - Stopwatch.GetTimestamp(); left > 0; left = timestamp - Stopwatch.GetTimestamp())
        {
            For((long)(left * (1e9 / Stopwatch.Frequency)));
        }
    }

    private static void For(long nanoseconds)
    {
        if (OperatingSystem.IsWindows())
        {
            Thread.Sleep(1); // its tick; there is nothing finer without a timer of one's own
            return;
        }

        var time = new TimeSpec((nint)(nanoseconds / 1_000_000_000), (nint)(nanoseconds % 1_000_000_000));
        _ = Sleep(time, 0);
    }

    [DllImport("libc", EntryPoint = "nanosleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sleep(in TimeSpec time, nint left);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct TimeSpec(nint Seconds, nint Nanoseconds);
}
