using System.Buffers.Binary;
using System.Text;

namespace Rpc.Transport.RabbitMq;

/// <summary>
/// Decides whether a reply may be published to the address that a request names. A broken direct reply-to address makes RabbitMQ before 4.1 close the
/// server's connection, so whatever is not plainly an address is no address.
/// </summary>
/// <remarks>
/// A direct address can be well-formed and still name a process of no node that the broker knows, and then costs the connection once. The request comes
/// again, redelivered, on the next connection, and must not cost that one too: so a redelivered request is never answered at a direct address.
/// </remarks>
internal static class ReplyAddress
{
    private const string DirectPrefix = "amq.rabbitmq.reply-to.";

    /// <summary>Whether replies may be sent there.</summary>
    /// <param name="address">The request's <c>reply_to</c>.</param>
    /// <param name="redelivered">Whether the request was delivered before.</param>
    public static bool IsAllowed(string? address, bool redelivered)
    {
        if (string.IsNullOrEmpty(address) || Encoding.UTF8.GetByteCount(address) > Wire.MaxNameBytes || address.Any(char.IsControl))
        {
            return false;
        }

        return !address.StartsWith("amq.rabbitmq.", StringComparison.Ordinal) || (!redelivered && IsDirect(address));
    }

    // Two pieces of base64 with a dot between them: the caller's process as Erlang writes it, and its secret.
    private static bool IsDirect(string address)
    {
        if (!address.StartsWith(DirectPrefix, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = address.AsSpan(DirectPrefix.Length);
        var dot = rest.IndexOf('.');
        Span<byte> bytes = stackalloc byte[Wire.MaxNameBytes];
        return dot > 0
            && Convert.TryFromBase64Chars(rest[..dot], bytes, out var length)
            && IsProcess(bytes[..length])
            && Convert.TryFromBase64Chars(rest[(dot + 1)..], bytes, out var secret)
            && secret > 0;
    }

    // Erlang's external term format: version 131; a PID (103, or 88 since OTP 23) of node, id, serial and creation; the node's name is an atom.
    private static bool IsProcess(ReadOnlySpan<byte> term)
    {
        if (term.Length < 4 || term[0] != 131)
        {
            return false;
        }

        var numbers = term[1] switch { 103 => 4 + 4 + 1, 88 => 4 + 4 + 4, _ => -1 };
        var node = term[2] switch
        {
            100 or 118 when term.Length >= 5 => 1 + 2 + BinaryPrimitives.ReadUInt16BigEndian(term[3..]), // atom with a length of two bytes
            115 or 119 => 1 + 1 + term[3], // atom with a length of one byte
            _ => -1,
        };
        return numbers > 0 && node > 0 && term.Length == 2 + node + numbers;
    }
}
