using System.Buffers.Binary;
using System.Text;
using Rpc.Serialization;

namespace Rpc.Batching;

/// <summary>Reads the parts of a batch, checking every length against what is there.</summary>
internal ref struct BatchReader
{
    // Whatever a side of ours may send: each has a byte at least.
    private const int MaxHeaders = RpcHeaders.MaxBytes;
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlyMemory<byte> _rest;

    public BatchReader(ReadOnlyMemory<byte> body) => _rest = body;

    /// <summary>What has not been read yet.</summary>
    public readonly ReadOnlyMemory<byte> Rest => _rest;

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

        contentType = type.Span.SequenceEqual("application/json"u8) ? JsonRpcSerializer.JsonContentType : Text(type); // nearly always this one
        return contentType is null ? "its content type is not UTF-8" : null;
    }

    /// <summary>Checks the next frame, and passes over it.</summary>
    /// <param name="index">Which one it is, for what is said of it.</param>
    /// <param name="isKnown">Whether its kind is known.</param>
    /// <returns>What is wrong; <see langword="null"/> if nothing is.</returns>
    public string? CheckFrame(int index, out bool isKnown)
    {
        isKnown = false;
        if (!TryTake(4, out var length) || BinaryPrimitives.ReadInt32LittleEndian(length.Span) is var size && (size < 2 || !TryTake(size, out _, peek: true)))
        {
            return $"frame {index} ends too early";
        }

        TryTake(size, out var content);
        var problem = new BatchReader(content).ReadContent(isCheck: true, out var frame);
        isKnown = IsKnown(frame);
        return problem is null ? null : $"frame {index}: {problem}";
    }

    /// <summary>Reads the next frame, which has been checked.</summary>
    /// <returns><see langword="false"/> if its kind is not known.</returns>
    public bool TryReadChecked(out Frame frame)
    {
        TryTake(4, out var length);
        TryTake(BinaryPrimitives.ReadInt32LittleEndian(length.Span), out var content);
        new BatchReader(content).ReadContent(isCheck: false, out frame);
        return IsKnown(frame);
    }

    private static bool IsKnown(in Frame frame) => frame.Kind is FrameKind.Request or FrameKind.Reply;

    private string? ReadContent(bool isCheck, out Frame frame)
    {
        frame = default;
        TryTake(2, out var start);
        var (kind, flags) = ((FrameKind)start.Span[0], (FrameFlags)start.Span[1]);
        if (!TryReadNumber(out var number))
        {
            return "its number is not one";
        }

        if (kind is not (FrameKind.Request or FrameKind.Reply))
        {
            return (flags & FrameFlags.RefuseIfUnknown) != 0 ? $"its kind {(byte)kind} is unknown, and it must not be passed over" : null;
        }

        ReadOnlyMemory<byte> name = default;
        if (kind == FrameKind.Request && !TryReadText(out name))
        {
            return "its method is not a text";
        }

        if (!TryReadNumber(out var time))
        {
            return "its time is not a number";
        }

        var attempt = 1L;
        if (kind == FrameKind.Request && !TryReadNumber(out attempt))
        {
            return "its attempt is not a number";
        }

        Dictionary<string, string>? headers = null;
        if ((flags & FrameFlags.Headers) != 0 && ReadHeaders(isCheck, out headers) is { } problem)
        {
            return problem;
        }

        frame = new Frame
        {
            Kind = kind,
            Flags = flags,
            Number = number,
            Name = name,
            Time = time,
            Attempt = (int)Math.Clamp(attempt, 1, int.MaxValue),
            Headers = headers,
            Payload = _rest,
        };
        return null;
    }

    // Checking keeps nothing.
    private string? ReadHeaders(bool isCheck, out Dictionary<string, string>? headers)
    {
        headers = isCheck ? null : new Dictionary<string, string>(StringComparer.Ordinal);

        // Each takes two bytes at least.
        if (!TryReadNumber(out var count) || count > Math.Min(MaxHeaders, _rest.Length / 2))
        {
            return $"it has not a number of headers up to {MaxHeaders}";
        }

        for (; count > 0; count--)
        {
            if (!TryReadText(out var name) || !TryReadText(out var value) || Text(name) is not { } nameText || Text(value) is not { } valueText)
            {
                return "its headers are not texts";
            }

            if (!nameText.StartsWith("rpc-", StringComparison.Ordinal)) // the wire's own, as in a message's table of headers
            {
                headers?[nameText] = valueText;
            }
        }

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
