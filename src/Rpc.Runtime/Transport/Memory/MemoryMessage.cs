namespace Rpc.Transport.Memory;

/// <summary>A message in the embedded broker. Its body is its own copy and never changes, so a second delivery can share it.</summary>
/// <param name="Properties">The properties, of a request or of a reply.</param>
/// <param name="Body">The body.</param>
internal sealed record MemoryMessage(RequestProperties Properties, byte[] Body)
{
    private static long s_numbers;

    /// <summary>Whether the broker keeps it on disk, so that it is there after a restart.</summary>
    public bool IsPersistent { get; init; }

    /// <summary>In which order messages were made.</summary>
    public long Number { get; } = Interlocked.Increment(ref s_numbers);

    /// <summary>The clock that <see cref="Published"/> is a timestamp of: the publisher's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>When it was published.</summary>
    public long Published { get; init; }

    /// <summary>Whether its time to live is over: the broker then drops it instead of delivering it.</summary>
    public bool HasExpired => Properties.TimeToLive is { } left and > 0 && Time.GetElapsedTime(Published).TotalMilliseconds >= left;

    /// <summary>Makes the message of a reply. Its body is copied.</summary>
    public static MemoryMessage Of(in ReplyMessage reply)
    {
        var properties = new RequestProperties
        {
            CorrelationId = reply.CorrelationId,
            ContentType = reply.ContentType,
            AppId = reply.AppId,
            ReplyTo = reply.ReplyTo,
            Headers = reply.Headers is { } headers ? new RpcHeaders(headers) : null,
        };
        return new MemoryMessage(properties, reply.Body.ToArray());
    }

    /// <summary>The message as the reply that it is.</summary>
    public ReplyMessage ToReply() => new(Properties.CorrelationId, Properties.ContentType, Body)
    {
        AppId = Properties.AppId,
        ContentEncoding = Properties.ContentEncoding,
        ReplyTo = Properties.ReplyTo,
        Headers = Properties.Headers,
    };
}
