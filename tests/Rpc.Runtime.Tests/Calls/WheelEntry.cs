using Rpc.Calls;

namespace Rpc.Runtime.Tests.Calls;

/// <summary>An entry that notes when it expires.</summary>
internal sealed class WheelEntry(WheelBench bench, Action<WheelEntry>? expired = null) : DeadlineEntry
{
    /// <summary>When it is due, since the wheel's start.</summary>
    public TimeSpan Due { get; private set; }

    /// <summary>How long after that it expired.</summary>
    public TimeSpan Lateness { get; private set; }

    public int Expirations { get; private set; }

    public void Add(TimeSpan due)
    {
        Due = bench.Elapsed + due;
        bench.Wheel.Add(this, due);
    }

    public override void Expire()
    {
        Expirations++;
        Lateness = bench.Elapsed - Due;
        expired?.Invoke(this);
    }
}
