using Rpc.Calls;

namespace Rpc.Runtime.Tests.Calls;

/// <summary>A wheel and its clock.</summary>
internal sealed class WheelBench
{
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    private readonly long _start;

    public WheelBench()
    {
        _start = Time.GetTimestamp();
        Wheel = new DeadlineWheel(Time);
    }

    public CountingTimeProvider Time { get; } = new();

    public DeadlineWheel Wheel { get; }

    public TimeSpan Elapsed => Time.GetElapsedTime(_start);

    /// <summary>Lets time pass a step at a time, so that every tick comes.</summary>
    public void Advance(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += Step)
        {
            Time.Advance(Step);
        }
    }
}
