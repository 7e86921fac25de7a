using System.Buffers;
using System.Text;

namespace Rpc.Transport.RabbitMq;

/// <summary>
/// Decides whether a reply may be published to the address that a request names. A broken direct reply-to address makes RabbitMQ before 4.1 close the
/// server's connection, so whatever is not plainly an address is no address.
/// </summary>
internal static class ReplyAddress
{
    private const string DirectPrefix = "amq.rabbitmq.reply-to.";

    private static readonly SearchValues<char> s_base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_");

    /// <summary>Whether replies may be sent there.</summary>
    /// <param name="address">The request's <c>reply_to</c>.</param>
    public static bool IsAllowed(string? address)
    {
        if (string.IsNullOrEmpty(address) || Encoding.UTF8.GetByteCount(address) > Wire.MaxNameBytes || address.AsSpan().ContainsAnyInRange('\0', ' '))
        {
            return false;
        }

        return !address.StartsWith("amq.rabbitmq.", StringComparison.Ordinal) || IsDirect(address);
    }

    // Two pieces of base64 with a dot between them: the caller's process, and its secret.
    private static bool IsDirect(string address)
    {
        if (!address.StartsWith(DirectPrefix, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = address.AsSpan(DirectPrefix.Length);
        var dot = rest.IndexOf('.');
        return dot > 0
            && dot < rest.Length - 1
            && !rest[..dot].ContainsAnyExcept(s_base64)
            && !rest[(dot + 1)..].ContainsAnyExcept(s_base64);
    }
}
