namespace Rpc.Transport;

/// <summary>The properties of a received request. All of it is the other side's word.</summary>
/// <remarks>Each request has them, and hardly one has all: what is rare is kept apart, and takes no room where it is not.</remarks>
internal readonly record struct RequestProperties
{
    private readonly Rare? _rare;
    private readonly long _timeToLive; // these two are one more than the number, so that the default is none
    private readonly long _sentAt;
    private readonly bool _isOurs;

    /// <summary>Where the reply goes; <see langword="null"/> if the request wants none, or names an address that nothing may be sent to.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>What the reply must name.</summary>
    public CorrelationId CorrelationId { get; init; }

    /// <summary>Service and method.</summary>
    public string? Type { get; init; }

    /// <summary>The body's format.</summary>
    public string? ContentType { get; init; }

    /// <summary>The body's compression; none is known.</summary>
    public string? ContentEncoding
    {
        get => _rare?.ContentEncoding;
        init => _rare = value is null && _rare is null ? null : (_rare ?? Rare.None) with { ContentEncoding = value };
    }

    /// <summary>Who sent it; see <see cref="Wire.AppId"/>.</summary>
    public string? AppId
    {
        get => _isOurs ? Wire.AppId : _rare?.AppId;
        init
        {
            _isOurs = value == Wire.AppId;
            var other = _isOurs ? null : value;
            _rare = other is null && _rare is null ? null : (_rare ?? Rare.None) with { AppId = other };
        }
    }

    /// <summary>What was left of the deadline when the request was sent, in milliseconds, not negative; <see langword="null"/> if it does not say.</summary>
    public long? TimeToLive
    {
        get => _timeToLive > 0 ? _timeToLive - 1 : null;
        init => _timeToLive = Encode(value);
    }

    /// <summary>What makes the request one that can be answered but not served; <see langword="null"/> if nothing does.</summary>
    public string? Problem
    {
        get => _rare?.Problem;
        init => _rare = value is null && _rare is null ? null : (_rare ?? Rare.None) with { Problem = value };
    }

    /// <summary>Whether the broker gave this request to a consumer before and got no acknowledgement.</summary>
    public bool Redelivered { get; init; }

    /// <summary>How often the request was delivered before, as far as anybody has counted.</summary>
    public int Deliveries
    {
        get => _rare?.Deliveries ?? 0;
        init => _rare = value == 0 && _rare is null ? null : (_rare ?? Rare.None) with { Deliveries = value };
    }

    /// <summary>Whether <see cref="Deliveries"/> is the broker's own count, so that it grows by itself.</summary>
    public bool BrokerCounts
    {
        get => _rare?.BrokerCounts == true;
        init => _rare = !value && _rare is null ? null : (_rare ?? Rare.None) with { BrokerCounts = value };
    }

    /// <summary>The headers that are not the wire's own, if there are any.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>When it was sent, in milliseconds since 1970 (UTC) by the caller's clock, not negative; <see langword="null"/> if it does not say.</summary>
    public long? SentAt
    {
        get => _sentAt > 0 ? _sentAt - 1 : null;
        init => _sentAt = Encode(value);
    }

    /// <summary>Which attempt it is; 0 if it does not say.</summary>
    public int Attempt { get; init; }

    /// <summary>The user that the broker says the caller logged in as; <see langword="null"/> if the caller did not ask it to.</summary>
    public string? UserId
    {
        get => _rare?.UserId;
        init => _rare = value is null && _rare is null ? null : (_rare ?? Rare.None) with { UserId = value };
    }

    /// <summary>Whether the broker keeps it on disk.</summary>
    public bool IsPersistent { get; init; }

    private static long Encode(long? number) => number is { } some ? Math.Min(some, long.MaxValue - 1) + 1 : 0;

    private sealed record Rare
    {
        public static readonly Rare None = new();

        public string? AppId { get; init; }

        public string? ContentEncoding { get; init; }

        public string? Problem { get; init; }

        public int Deliveries { get; init; }

        public bool BrokerCounts { get; init; }

        public string? UserId { get; init; }
    }
}
