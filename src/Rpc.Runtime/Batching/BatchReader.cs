using System.Buffers.Binary;
using System.Text;

namespace Rpc.Batching;

/// <summary>Reads the parts of a batch, checking every length against what is there.</summary>
internal ref struct BatchReader
{
    // Whatever a side of ours may send: each has a byte at least.
    private const int MaxHeaders = RpcHeaders.MaxBytes;
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlyMemory<byte> _rest;

    public BatchReader(ReadOnlyMemory<byte> body) => _rest = body;

    /// <summary>Whether everything has been read.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>Reads what comes before the frames.</summary>
    /// <returns>What is wrong; <see langword="null"/> if nothing is.</returns>
    public string? ReadHeader(out ReadOnlyMemory<byte> nonce, out long sentAt, out string? contentType)
    {
        nonce = default;
        sentAt = 0;
        contentType = null;
        if (!TryTake(1, out var version))
        {
            return "it is empty";
        }

        if (version.Span[0] != BatchFormat.Version)
        {
            return $"it has version {version.Span[0]}, and this side knows {BatchFormat.Version}";
        }

        if (!TryTake(BatchFormat.NonceBytes, out nonce) || !TryReadNumber(out sentAt) || !TryReadText(out var type))
        {
            return "its header ends too early";
        }

        contentType = Text(type);
        return contentType is null ? "its content type is not UTF-8" : null;
    }

    /// <summary>Reads a frame, and adds it if its kind is known.</summary>
    /// <returns>What is wrong; <see langword="null"/> if nothing is.</returns>
    public string? ReadFrame(List<Frame> frames)
    {
        if (!TryTake(4, out var length) || BinaryPrimitives.ReadInt32LittleEndian(length.Span) is var size && (size < 2 || !TryTake(size, out _, peek: true)))
        {
            return $"frame {frames.Count} ends too early";
        }

        TryTake(size, out var content);
        var frame = new BatchReader(content);
        return frame.ReadContent(frames) is { } problem ? $"frame {frames.Count}: {problem}" : null;
    }

    private string? ReadContent(List<Frame> frames)
    {
        TryTake(2, out var start);
        var (kind, flags) = ((FrameKind)start.Span[0], (FrameFlags)start.Span[1]);
        if (!TryReadNumber(out var number))
        {
            return "its number is not one";
        }

        var frame = new Frame { Kind = kind, Flags = flags, Number = number };
        string? problem;
        switch (kind)
        {
            case FrameKind.Request:
                problem = ReadRequest(ref frame);
                break;
            case FrameKind.Reply:
                problem = TryReadNumber(out var time) ? ReadHeadersAndPayload(ref frame, time) : "its time is not a number";
                break;
            default:
                return flags.HasFlag(FrameFlags.RefuseIfUnknown) ? $"its kind {(byte)kind} is unknown, and it must not be passed over" : null;
        }

        if (problem is null)
        {
            frames.Add(frame);
        }

        return problem;
    }

    private string? ReadRequest(ref Frame frame)
    {
        if (!TryReadText(out var method) || !TryReadNumber(out var left) || !TryReadNumber(out var attempt))
        {
            return "it ends too early";
        }

        frame = frame with { Name = method, Attempt = (int)Math.Clamp(attempt, 1, int.MaxValue) };
        return ReadHeadersAndPayload(ref frame, left);
    }

    private string? ReadHeadersAndPayload(ref Frame frame, long time)
    {
        Dictionary<string, string>? headers = null;
        if (frame.Flags.HasFlag(FrameFlags.Headers))
        {
            // Each takes two bytes at least: what is reserved for them stays in proportion to the message.
            if (!TryReadNumber(out var count) || count > Math.Min(MaxHeaders, _rest.Length / 2))
            {
                return $"it has not a number of headers up to {MaxHeaders}";
            }

            headers = new Dictionary<string, string>((int)count, StringComparer.Ordinal);
            for (; count > 0; count--)
            {
                if (!TryReadText(out var name) || !TryReadText(out var value) || Text(name) is not { } nameText || Text(value) is not { } valueText)
                {
                    return "its headers are not texts";
                }

                if (!nameText.StartsWith("rpc-", StringComparison.Ordinal)) // the wire's own, as in a message's table of headers
                {
                    headers[nameText] = valueText;
                }
            }
        }

        frame = frame with { Time = time, Headers = headers, Payload = _rest };
        _rest = default;
        return null;
    }

    private static string? Text(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return s_strict.GetString(bytes.Span);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private bool TryReadText(out ReadOnlyMemory<byte> text)
    {
        text = default;
        return TryReadNumber(out var length) && length <= _rest.Length && TryTake((int)length, out text);
    }

    // At most nine bytes: numbers are not negative, and so have 63 bits.
    private bool TryReadNumber(out long number)
    {
        number = 0;
        var span = _rest.Span;
        for (var i = 0; i < span.Length && i < 9; i++)
        {
            number |= (long)(span[i] & 0x7f) << (7 * i);
            if (span[i] < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    private bool TryTake(int length, out ReadOnlyMemory<byte> taken, bool peek = false)
    {
        if (length < 0 || length > _rest.Length)
        {
            taken = default;
            return false;
        }

        taken = _rest[..length];
        _rest = peek ? _rest : _rest[length..];
        return true;
    }
}
