namespace Rpc.Transport;

/// <summary>A request as the client hands it to a transport, which adds its own reply address.</summary>
/// <param name="Queue">The request queue.</param>
/// <param name="CorrelationId">What the reply, or the broker's return, will name.</param>
/// <param name="TimeToLive">What is left of the deadline, in milliseconds, at least 1; 0 for no limit on the broker's side.</param>
/// <param name="Body">The body; the caller's again when sending has completed, unless <see cref="KeepsBody"/> says otherwise.</param>
internal readonly record struct RequestMessage(string Queue, CorrelationId CorrelationId, long TimeToLive, ReadOnlyMemory<byte> Body)
{
    /// <summary>Whether the body is an array of its own that is never written again: whoever needs it for longer need not copy it.</summary>
    public bool KeepsBody { get; init; }

    /// <summary>Service and method; <see langword="null"/> on Bare.</summary>
    public string? Type { get; init; }

    /// <summary>The serializer's content type; <see langword="null"/> on Bare.</summary>
    public string? ContentType { get; init; }

    /// <summary>The wire's name and version; <see langword="null"/> on Bare.</summary>
    public string? AppId { get; init; }

    /// <summary>Whether it wants no reply, but the broker's word that it is kept: <see cref="IClientEvents.Confirmed"/>.</summary>
    public bool OneWay { get; init; }

    /// <summary>The caller's headers, if there are any.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>When it was sent, in milliseconds since 1970 (UTC) by the caller's clock; <see langword="null"/> if nobody needs to know.</summary>
    public long? SentAt { get; init; }

    /// <summary>Which attempt it is, from 1.</summary>
    public int Attempt { get; init; }
}
