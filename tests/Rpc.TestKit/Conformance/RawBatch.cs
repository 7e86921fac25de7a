using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Rpc.TestKit.Conformance;

/// <summary>A batch as docs/wire-format.md has it, written and read without the library's own code.</summary>
/// <param name="Nonce">The sixteen bytes that name the client.</param>
/// <param name="Frames">Its frames.</param>
public sealed record RawBatch(byte[] Nonce, params IReadOnlyList<RawFrame> Frames)
{
    /// <summary>The <c>content_type</c> of a batch.</summary>
    public const string ContentTypeOfBatches = "application/vnd.rpc-batch";

    /// <summary>The format of the payloads.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>When it was sent, in milliseconds since 1970; 0 if it does not say.</summary>
    public long SentAt { get; init; }

    /// <summary>How the correlation ids of the client's calls begin, a dot included.</summary>
    public string Prefix => Base64Url.EncodeToString(Nonce) + ".";

    /// <summary>A call's correlation id.</summary>
    public string IdOf(long number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number:x}");

    /// <summary>A nonce of the test's own.</summary>
    public static byte[] NewNonce() => Guid.NewGuid().ToByteArray();

    /// <summary>Its bytes.</summary>
    public byte[] ToBytes()
    {
        List<byte> body = [1, .. Nonce];
        WriteNumber(body, SentAt);
        WriteText(body, ContentType);
        foreach (var frame in Frames)
        {
            frame.Write(body);
        }

        return [.. body];
    }

    /// <summary>The message that asks for its calls, as a client of ours sends it.</summary>
    public RawEnvelope ToRequest(string service, string replyTo, string? correlationId = null) => new(ToBytes())
    {
        Type = service,
        ContentType = ContentTypeOfBatches,
        AppId = RawEnvelope.OwnAppId,
        ReplyTo = replyTo,
        CorrelationId = correlationId ?? IdOf(0xba7c4),
    };

    /// <summary>The message with its replies, as a server of ours sends it.</summary>
    public RawEnvelope ToReply() => new(ToBytes()) { ContentType = ContentTypeOfBatches, AppId = RawEnvelope.OwnAppId };

    /// <summary>Reads a batch; throws where it is none.</summary>
    public static RawBatch Read(ReadOnlyMemory<byte> body)
    {
        var reader = new RawReader(body);
        if (reader.Byte() != 1)
        {
            throw new FormatException("not version 1");
        }

        var nonce = reader.Take(16).ToArray();
        var sentAt = reader.Number();
        var contentType = reader.Text();
        var frames = new List<RawFrame>();
        while (!reader.IsAtEnd)
        {
            var length = BitConverter.ToInt32(reader.Take(4).Span);
            frames.Add(new RawReader(reader.Take(length)).Frame());
        }

        return new RawBatch(nonce, frames) { SentAt = sentAt, ContentType = contentType };
    }

    internal static void WriteNumber(List<byte> body, long number)
    {
        var rest = (ulong)number;
        for (; rest > 127; rest >>= 7)
        {
            body.Add((byte)(128 + (rest & 127)));
        }

        body.Add((byte)rest);
    }

    internal static void WriteText(List<byte> body, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        WriteNumber(body, bytes.Length);
        body.AddRange(bytes);
    }

    private sealed class RawReader(ReadOnlyMemory<byte> body)
    {
        private ReadOnlyMemory<byte> _rest = body;

        public bool IsAtEnd => _rest.IsEmpty;

        public ReadOnlyMemory<byte> Take(long length)
        {
            var taken = _rest[..(int)length];
            _rest = _rest[(int)length..];
            return taken;
        }

        public byte Byte() => Take(1).Span[0];

        public long Number()
        {
            long number = 0;
            for (var shift = 0; ; shift += 7)
            {
                var next = Byte();
                number += (long)(next & 127) << shift;
                if (next < 128)
                {
                    return number;
                }
            }
        }

        public string Text() => Encoding.UTF8.GetString(Take(Number()).Span);

        public RawFrame Frame()
        {
            var (kind, flags, number) = (Byte(), Byte(), Number());
            var method = kind == RawFrame.Request ? Text() : "";
            var time = Number();
            var attempt = kind == RawFrame.Request ? Number() : 1;
            var headers = new List<KeyValuePair<string, string>>();
            for (var count = (flags & RawFrame.HasHeaders) != 0 ? Number() : 0; count > 0; count--)
            {
                headers.Add(new(Text(), Text()));
            }

            return new RawFrame(kind, number, _rest) { Flags = flags, Method = method, Time = time, Attempt = attempt, Headers = headers };
        }
    }
}
