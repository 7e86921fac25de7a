using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Rpc.Transport;

/// <summary>The correlation id of a request: a client's prefix and a number. It becomes a text only where one is wanted, which for most requests is nowhere.</summary>
/// <param name="Prefix">The prefix, of ASCII characters.</param>
/// <param name="Number">The number, written in lower-case hexadecimal digits.</param>
internal readonly record struct RequestId(string Prefix, long Number)
{
    /// <summary>How many bytes it is on the wire.</summary>
    public int Length => Prefix.Length + DigitsOf(Number);

    /// <summary>Writes it as ASCII.</summary>
    /// <param name="span">Its place, of <see cref="Length"/> bytes at least.</param>
    public void Write(Span<byte> span)
    {
        var start = Encoding.ASCII.GetBytes(Prefix, span);
        Utf8Formatter.TryFormat(Number, span[start..], out _, new StandardFormat('x'));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(Length, this, static (text, id) =>
    {
        id.Prefix.CopyTo(text);
        id.Number.TryFormat(text[id.Prefix.Length..], out _, "x", CultureInfo.InvariantCulture);
    });

    // Each digit is four bits.
    private static int DigitsOf(long number) => Math.Max(1, (64 - BitOperations.LeadingZeroCount((ulong)number) + 3) / 4);
}
