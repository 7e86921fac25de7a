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

    public string? ReplyTo { get; init; }

    public string? CorrelationId { get; init; }

    public string? Type { get; init; }

    public string? ContentType { get; init; }

    public string? ContentEncoding { get; init; }

    /// <summary>The <c>expiration</c>, in milliseconds.</summary>
    public long? TimeToLive { get; init; }

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
