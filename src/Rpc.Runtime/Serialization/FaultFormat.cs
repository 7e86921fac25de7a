using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Rpc.Serialization;

/// <summary>
/// Writes and reads the body of a fault: always JSON, whatever the contract's serializer, and always in the body, since AMQP headers have a size that
/// closes connections when it is passed. <c>docs/wire-format.md</c> specifies it.
/// </summary>
internal static class FaultFormat
{
    /// <summary>The longest message, in characters. A fault must fit where the result did not.</summary>
    public const int MaxMessageLength = 8 * 1024;

    /// <summary>
    /// The most bytes that a fault takes besides its detail: a message of six bytes a character at the worst (<c>\uXXXX</c>), and its names.
    /// </summary>
    public const int MaxSize = (MaxMessageLength * 6) + 1024;

    // A detail may be as deep as its writer's options allow, and is one deeper in the fault. 1,000 is what Utf8JsonWriter allows by itself.
    private static readonly JsonDocumentOptions s_deep = new() { MaxDepth = 1000 };

    /// <summary>Whether details of this content type stand in the fault as they are; others are base64 text there.</summary>
    public static bool IsJson(string? contentType) => contentType is null or JsonRpcSerializer.JsonContentType;

    /// <summary>Writes a fault.</summary>
    /// <param name="output">Receives the body.</param>
    /// <param name="fault">The fault.</param>
    public static void Write(IBufferWriter<byte> output, Fault fault)
    {
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        writer.WriteString("status", fault.Status.ToString());
        if (fault.Reason != RpcReason.None)
        {
            writer.WriteString("reason", fault.Reason.ToString());
        }

        writer.WriteBoolean("mayHaveRun", fault.MayHaveRun);
        writer.WriteString("message", Shortened(fault.Message));
        if (fault.Detail is { } detail)
        {
            WriteDetail(writer, detail, fault.DetailContentType);
        }

        writer.WriteEndObject();
    }

    /// <summary>Reads a fault. Unknown members are ignored, unknown names become Unknown and Other.</summary>
    /// <param name="body">The body.</param>
    /// <returns>The fault.</returns>
    /// <exception cref="JsonException">The body is not a fault; the message says why.</exception>
    public static Fault Read(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body, s_deep);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("status", out var status))
        {
            throw new JsonException("A fault is a JSON object with a member 'status'.");
        }

        var (detail, detailContentType) = ReadDetail(root);
        return new Fault(
            ParseName(status, RpcStatus.Ok, RpcStatus.Unknown),
            root.TryGetProperty("reason", out var reason) ? ParseName(reason, RpcReason.None, RpcReason.Other) : RpcReason.None,

            // Without the server's word the caller must not be told that nothing ran.
            !root.TryGetProperty("mayHaveRun", out var mayHaveRun) || mayHaveRun.ValueKind != JsonValueKind.False,
            Shortened(root.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String ? message.GetString()! : "no message"))
        {
            Detail = detail,
            DetailContentType = detailContentType,
        };
    }

    private static void WriteDetail(Utf8JsonWriter writer, ReadOnlyMemory<byte> detail, string? contentType)
    {
        writer.WritePropertyName("detail");
        if (IsJson(contentType))
        {
            writer.WriteRawValue(detail.Span, skipInputValidation: true);
        }
        else
        {
            writer.WriteBase64StringValue(detail.Span);
            writer.WriteString("detailType", contentType);
        }
    }

    private static (ReadOnlyMemory<byte>? Detail, string? ContentType) ReadDetail(JsonElement root)
    {
        if (!root.TryGetProperty("detail", out var detail))
        {
            return (null, null);
        }

        return root.TryGetProperty("detailType", out var type) && type.ValueKind == JsonValueKind.String
            && detail.ValueKind == JsonValueKind.String && detail.TryGetBytesFromBase64(out var bytes)
            ? (bytes, type.GetString())
            : (Encoding.UTF8.GetBytes(detail.GetRawText()), null);
    }

    // Names exactly as they are written, never numbers or lists of names; and never the value that means "no failure".
    private static T ParseName<T>(JsonElement element, T none, T unknown)
        where T : struct, Enum =>
        element.ValueKind == JsonValueKind.String
        && Enum.TryParse<T>(element.GetString(), out var value)
        && value.ToString() == element.GetString()
        && !value.Equals(none)
            ? value
            : unknown;

    private static string Shortened(string message) =>
        message.Length <= MaxMessageLength ? message : string.Concat(message.AsSpan(0, MaxMessageLength - 1), "…");
}
