using Microsoft.Extensions.Time.Testing;

namespace Rpc.Runtime.Tests.Calls;

/// <summary>A clock whose time of day somebody sets, while time goes on as before.</summary>
internal sealed class SettableClock : TimeProvider
{
    private readonly FakeTimeProvider _time = new();
    private TimeSpan _off;

    public override long TimestampFrequency => _time.TimestampFrequency;

    public override long GetTimestamp() => _time.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => _time.GetUtcNow() + _off;

    public void Advance(TimeSpan by) => _time.Advance(by);

    /// <summary>Sets the time of day ahead, or back.</summary>
    public void Set(TimeSpan by) => _off += by;
}
