using System.Globalization;
using System.Text;
using RabbitMQ.Client;

namespace Rpc.Transport.RabbitMq;

/// <summary>AMQP's table of headers: what our wire puts there, and users' headers, which are texts.</summary>
internal static class HeaderTable
{
    /// <summary>No headers.</summary>
    public static IReadOnlyDictionary<string, string> NoTexts { get; } = new Dictionary<string, string>();

    /// <summary>The headers of a request; <see langword="null"/> if it has none. The library writes to the table, so it is the message's own.</summary>
    /// <param name="texts">The user's.</param>
    /// <param name="sentAt">When it is sent, if anybody needs to know.</param>
    /// <param name="attempt">Which attempt it is.</param>
    public static Dictionary<string, object?>? Write(IReadOnlyDictionary<string, string>? texts, long? sentAt, int attempt)
    {
        var table = Write(texts);
        if (sentAt is not null)
        {
            (table ??= [])[Wire.SentHeader] = sentAt;
        }

        if (attempt > 1)
        {
            (table ??= [])[Wire.AttemptHeader] = attempt;
        }

        return table;
    }

    /// <summary>Users' headers; <see langword="null"/> if there are none.</summary>
    public static Dictionary<string, object?>? Write(IReadOnlyDictionary<string, string>? headers)
    {
        if (headers is not { Count: > 0 })
        {
            return null;
        }

        var table = new Dictionary<string, object?>(headers.Count + 2);
        foreach (var (name, value) in headers)
        {
            table[name] = value;
        }

        return table;
    }

    /// <summary>The headers of a request's copy: all but what the broker has written there, and what would make it send copies of its own elsewhere.</summary>
    /// <param name="original">The request's.</param>
    /// <param name="deliveries">How often it was delivered.</param>
    public static Dictionary<string, object?> ForCopy(IDictionary<string, object?>? original, int deliveries)
    {
        var copy = new Dictionary<string, object?>(original ?? EmptyTable);
        foreach (var name in copy.Keys.Where(RpcHeaders.IsBrokers).ToArray())
        {
            copy.Remove(name);
        }

        copy[Wire.DeliveriesHeader] = deliveries;
        return copy;
    }

    /// <summary>Users' headers in a table: all that are a text, a number or a truth value, and not the wire's own.</summary>
    public static Dictionary<string, string>? Read(IDictionary<string, object?>? table)
    {
        Dictionary<string, string>? headers = null;
        foreach (var (name, value) in table ?? EmptyTable)
        {
            if (!name.StartsWith("rpc-", StringComparison.Ordinal) && TextOf(value) is { } text)
            {
                (headers ??= new Dictionary<string, string>(StringComparer.Ordinal))[name] = text;
            }
        }

        return headers;
    }

    /// <summary>A number in a table; <see langword="null"/> if it has none of that name, or something else.</summary>
    public static long? Number(IDictionary<string, object?>? table, string name) =>
        table is not null && table.TryGetValue(name, out var value) ? value switch
        {
            long number => number,
            int number => number,
            uint number => number,
            short number => number,
            ushort number => number,
            byte number => number,
            sbyte number => number,
            ulong and <= long.MaxValue and var number => (long)number,
            _ => null,
        }
        : null;

    private static Dictionary<string, object?> EmptyTable { get; } = [];

    private static string? TextOf(object? value) => value switch
    {
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        string text => text,
        bool truth => truth ? "true" : "false",
        AmqpTimestamp timestamp => timestamp.UnixTime.ToString(CultureInfo.InvariantCulture),
        byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal =>
            ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };
}
