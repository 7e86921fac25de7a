using System.Text;
using System.Text.Json;

namespace Rpc.TestKit.Conformance;

/// <summary>A message as it is on the wire, whatever the broker.</summary>
/// <param name="Body">The body.</param>
public sealed record RawEnvelope(ReadOnlyMemory<byte> Body)
{
    /// <summary>The <c>content_type</c> of faults. Written out, since the suite checks the wire.</summary>
    public const string FaultContentType = "application/vnd.rpc-fault+json";

    /// <summary>A message with a text in it.</summary>
    public RawEnvelope(string text)
        : this(Encoding.UTF8.GetBytes(text))
    {
    }

    /// <summary>The <c>content_type</c> of a server's word that it still runs a call.</summary>
    public const string WorkingContentType = "application/vnd.rpc-working";

    /// <summary>The <c>content_type</c> of a caller's word that it does not wait any longer.</summary>
    public const string CancelContentType = "application/vnd.rpc-cancel";

    /// <summary>The <c>app_id</c> of the library's own messages.</summary>
    public const string OwnAppId = "rpc/1";

    public string? ReplyTo { get; init; }

    public string? CorrelationId { get; init; }

    public string? Type { get; init; }

    public string? ContentType { get; init; }

    public string? ContentEncoding { get; init; }

    /// <summary>The <c>expiration</c>, in milliseconds.</summary>
    public long? TimeToLive { get; init; }

    public string? AppId { get; init; }

    public string? UserId { get; init; }

    /// <summary>The headers that are texts and not the wire's own.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The header <c>rpc-sent</c>, in milliseconds.</summary>
    public long? SentAt { get; init; }

    /// <summary>The header <c>rpc-attempt</c>.</summary>
    public int? Attempt { get; init; }

    /// <summary>Whether it has the header <c>x-death</c>, which brokers give to messages that they have moved from one queue to another. Only written.</summary>
    public bool WasDeadLettered { get; init; }

    /// <summary>Whether the broker handed it out before. Only read.</summary>
    public bool Redelivered { get; init; }

    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body.Span);

    /// <summary>Whether it says that its body is a fault.</summary>
    public bool IsFault => ContentType == FaultContentType;

    /// <summary>A member of the JSON object in the body, as text; <see langword="null"/> if there is none.</summary>
    public string? Member(string name)
    {
        using var document = JsonDocument.Parse(Body);
        return document.RootElement.TryGetProperty(name, out var member) ? member.ToString() : null;
    }
}
