namespace Rpc.Transport;

/// <summary>The properties of a received request. All of it is the other side's word.</summary>
internal readonly record struct RequestProperties
{
    /// <summary>Where the reply goes; <see langword="null"/> if the request wants none, or names an address that nothing may be sent to.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>What the reply must name.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Service and method.</summary>
    public string? Type { get; init; }

    /// <summary>The body's format.</summary>
    public string? ContentType { get; init; }

    /// <summary>The body's compression; none is known.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>Who sent it; see <see cref="Wire.AppId"/>.</summary>
    public string? AppId { get; init; }

    /// <summary>What was left of the deadline when the request was sent, in milliseconds; <see langword="null"/> if it does not say.</summary>
    public long? TimeToLive { get; init; }

    /// <summary>What makes the request one that can be answered but not served; <see langword="null"/> if nothing does.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether the broker gave this request to a consumer before and got no acknowledgement.</summary>
    public bool Redelivered { get; init; }

    /// <summary>How often the request was delivered before, as far as anybody has counted.</summary>
    public int Deliveries { get; init; }

    /// <summary>Whether <see cref="Deliveries"/> is the broker's own count, so that it grows by itself.</summary>
    public bool BrokerCounts { get; init; }

    /// <summary>The headers that are not the wire's own, if there are any.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>When it was sent, in milliseconds since 1970 (UTC) by the caller's clock; <see langword="null"/> if it does not say.</summary>
    public long? SentAt { get; init; }

    /// <summary>Which attempt it is; 0 if it does not say.</summary>
    public int Attempt { get; init; }

    /// <summary>The user that the broker says the caller logged in as; <see langword="null"/> if the caller did not ask it to.</summary>
    public string? UserId { get; init; }
}
