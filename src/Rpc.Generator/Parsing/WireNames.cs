using System.Linq;
using System.Text;

namespace Rpc.Generator.Parsing;

/// <summary>The rules for names on the wire. AMQP's short strings, which carry them, have at most 255 bytes.</summary>
internal static class WireNames
{
    private const int MaxServiceBytes = 200;
    private const int MaxShortStringBytes = 255;

    /// <summary>What is wrong with a service's name, or <see langword="null"/>.</summary>
    public static string? FindServiceFault(string name) => FindFault(name)
        ?? (Bytes(name) > MaxServiceBytes ? $"has more than {MaxServiceBytes} bytes of UTF-8" : null);

    /// <summary>What is wrong with a method's name, or <see langword="null"/>. The property <c>type</c> carries both names and a slash.</summary>
    public static string? FindMethodFault(string service, string name) => FindFault(name)
        ?? (Bytes(service) + 1 + Bytes(name) > MaxShortStringBytes
            ? $"has, together with the service's name, more than {MaxShortStringBytes - 1} bytes of UTF-8"
            : null);

    /// <summary>What is wrong with a queue's name, or <see langword="null"/>. Slashes are fine there.</summary>
    public static string? FindQueueFault(string name) => FindTextFault(name)
        ?? (name.StartsWith("amq.", System.StringComparison.Ordinal) ? "begins with 'amq.', which is reserved for the broker" : null)
        ?? (Bytes(name) > MaxShortStringBytes ? $"has more than {MaxShortStringBytes} bytes of UTF-8" : null);

    private static string? FindFault(string name) => FindTextFault(name)
        ?? (name.Contains("/") ? "contains '/', which separates service and method" : null);

    private static string? FindTextFault(string name) =>
        string.IsNullOrWhiteSpace(name) ? "is empty"
        : name.Any(char.IsControl) ? "contains a control character"
        : HasLoneSurrogate(name) ? "is not valid Unicode"
        : null;

    private static bool HasLoneSurrogate(string name) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name)) != name;

    private static int Bytes(string name) => Encoding.UTF8.GetByteCount(name);
}
