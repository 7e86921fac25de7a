using System.Text;

namespace Rpc.Server;

/// <summary>One method of a served contract, and how long it usually takes. Thread-safe.</summary>
internal sealed class ServedMethod(RpcMethod method, TimeProvider time)
{
    // What has not been measured for so long is unknown again. Otherwise a method that was slow once would never be tried again by calls in a hurry.
    private static readonly TimeSpan s_memory = TimeSpan.FromSeconds(10);

    private readonly byte[] _name = Encoding.UTF8.GetBytes(method.Name);
    private double _seconds = double.NaN;
    private long _measured;

    /// <summary>The method.</summary>
    public RpcMethod Method => method;

    /// <summary>Its wire name in UTF-8.</summary>
    public ReadOnlySpan<byte> Name => _name;

    /// <summary>How long it usually takes, from handler start to end; <see langword="null"/> if that is not known.</summary>
    /// <param name="now">The time, as a timestamp.</param>
    public TimeSpan? UsualTime(long now)
    {
        // In this order, and written in the other one: a figure that looks fresh is the one that was measured then, or a later one.
        var measured = Volatile.Read(ref _measured);
        var seconds = Volatile.Read(ref _seconds);
        return !double.IsNaN(seconds) && time.GetElapsedTime(measured, now) < s_memory ? TimeSpan.FromSeconds(seconds) : null;
    }

    /// <summary>Learns from one run.</summary>
    /// <param name="elapsed">How long it took.</param>
    /// <param name="now">When it ended, as a timestamp.</param>
    public void Took(TimeSpan elapsed, long now)
    {
        // Without a lock, which every call would take: of two runs that end in one instant, one may not count. It is an average.
        var seconds = Volatile.Read(ref _seconds);
        var isFresh = double.IsNaN(seconds) || time.GetElapsedTime(Volatile.Read(ref _measured), now) >= s_memory;

        // An average of about the last 16 runs.
        Volatile.Write(ref _seconds, isFresh ? elapsed.TotalSeconds : seconds + ((elapsed.TotalSeconds - seconds) / 16));
        Volatile.Write(ref _measured, now);
    }
}
