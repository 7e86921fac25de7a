using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Rpc.Transport;

/// <summary>
/// A correlation id: a text, or a client's prefix and a number, which become a text only where one is wanted; for most calls that is nowhere. Two are
/// equal if their texts are. Its default is none.
/// </summary>
internal readonly struct CorrelationId : IEquatable<CorrelationId>
{
    private const int MaxDigits = 16;

    // The whole text, or what comes before the number.
    private readonly string? _text;

    // Negative if the text is all.
    private readonly long _number;

    /// <summary>Makes one of a text.</summary>
    /// <param name="text">The text; <see langword="null"/> for none.</param>
    public CorrelationId(string? text)
    {
        _text = text;
        _number = -1;
    }

    /// <summary>Makes one of a prefix and a number.</summary>
    /// <param name="prefix">The prefix, of ASCII characters, with a dot at its end.</param>
    /// <param name="number">The number, not negative, written in lower-case hexadecimal digits.</param>
    public CorrelationId(string prefix, long number)
    {
        _text = prefix;
        _number = number;
    }

    /// <summary>Whether there is none.</summary>
    public bool IsNone => _text is null;

    /// <summary>Its text, made by each look if it has a number; <see langword="null"/> if there is none.</summary>
    public string? Text => IsPlain ? _text : ToString();

    /// <summary>What names the caller, by our own clients' custom: all before the last dot; empty if there is none.</summary>
    public ReadOnlySpan<char> Caller => _text.AsSpan(0, Math.Max(0, _text?.LastIndexOf('.') ?? 0));

    /// <summary>How many bytes of UTF-8 it is on the wire.</summary>
    public int Length => _text is null ? 0 : IsPlain ? Encoding.UTF8.GetByteCount(_text) : _text.Length + DigitsOf(_number);

    private bool IsPlain => _text is null || _number < 0;

    /// <summary>Makes one of a text.</summary>
    public static implicit operator CorrelationId(string? text) => new(text);

    public static bool operator ==(in CorrelationId left, in CorrelationId right) => left.Equals(right);

    public static bool operator !=(in CorrelationId left, in CorrelationId right) => !left.Equals(right);

    /// <summary>Reads the number of an id that has a prefix.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="number">The number.</param>
    /// <returns>Whether the id begins so, and a number follows.</returns>
    public bool TryGetNumber(string prefix, out long number)
    {
        if (!IsPlain)
        {
            number = _number;
            return _text == prefix;
        }

        number = 0;
        return _text is not null
            && _text.StartsWith(prefix, StringComparison.Ordinal)
            && long.TryParse(_text.AsSpan(prefix.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>Writes it as UTF-8.</summary>
    /// <param name="span">Its place, of <see cref="Length"/> bytes at least.</param>
    public void Write(Span<byte> span)
    {
        var start = Encoding.UTF8.GetBytes(_text, span);
        if (!IsPlain)
        {
            Utf8Formatter.TryFormat(_number, span[start..], out _, new StandardFormat('x'));
        }
    }

    /// <inheritdoc/>
    public bool Equals(CorrelationId other) => IsPlain == other.IsPlain
        ? _text == other._text && (IsPlain || _number == other._number)
        : IsPlain ? other.HasText(_text) : HasText(other._text);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CorrelationId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(ToString(), StringComparison.Ordinal);

    /// <summary>Its text; empty if there is none.</summary>
    public override string ToString() => IsPlain ? _text ?? string.Empty : string.Create(Length, this, static (text, id) =>
    {
        id._text!.CopyTo(text);
        id._number.TryFormat(text[id._text.Length..], out _, "x", CultureInfo.InvariantCulture);
    });

    // Of one that has a number. No text is made for it: it is asked of many to find one.
    private bool HasText(string? text)
    {
        if (text is null || text.Length != Length || !text.StartsWith(_text!, StringComparison.Ordinal))
        {
            return false;
        }

        Span<char> digits = stackalloc char[MaxDigits];
        _number.TryFormat(digits, out var count, "x", CultureInfo.InvariantCulture);
        return text.AsSpan(_text!.Length).SequenceEqual(digits[..count]);
    }

    // Each digit is four bits.
    private static int DigitsOf(long number) => Math.Max(1, (64 - BitOperations.LeadingZeroCount((ulong)number) + 3) / 4);
}
