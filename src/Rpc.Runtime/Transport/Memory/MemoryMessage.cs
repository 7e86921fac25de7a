namespace Rpc.Transport.Memory;

/// <summary>A message in the embedded broker. Its body is its own copy and never changes, so a second delivery can share it.</summary>
/// <param name="Properties">The properties, of a request or of a reply.</param>
/// <param name="Body">The body.</param>
internal sealed record MemoryMessage(RequestProperties Properties, byte[] Body)
{
    private static long s_numbers;

    /// <summary>In which order messages were made.</summary>
    public long Number { get; } = Interlocked.Increment(ref s_numbers);

    /// <summary>The clock that <see cref="Published"/> is a timestamp of: the publisher's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>When it was published.</summary>
    public long Published { get; init; }

    /// <summary>Whether its time to live is over: the broker then drops it instead of delivering it.</summary>
    public bool HasExpired => Properties.TimeToLive is { } left and > 0 && Time.GetElapsedTime(Published).TotalMilliseconds >= left;
}
