namespace Rpc.TestKit.Conformance;

/// <summary>A clock that is a minute further each time it is read, once it leaps: between a request's arrival and its turn lies a minute then.</summary>
public sealed class LeapingTimeProvider : TimeProvider
{
    private long _leaps;
    private int _leaping;

    /// <summary>Leaps at every reading from now on.</summary>
    public void Leap() => Volatile.Write(ref _leaping, 1);

    public override long GetTimestamp()
    {
        var leaps = Volatile.Read(ref _leaping) == 1 ? Interlocked.Increment(ref _leaps) : 0;
        return base.GetTimestamp() + (leaps * 60 * TimestampFrequency);
    }
}
