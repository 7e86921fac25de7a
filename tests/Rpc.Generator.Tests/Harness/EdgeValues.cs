using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Rpc.Generator.Tests.Harness;

/// <summary>Values at the edges of types, where mistakes in reading and writing show.</summary>
internal static class EdgeValues
{
    private static readonly object[] s_simple =
    [
        false, true,
        sbyte.MinValue, (sbyte)0, sbyte.MaxValue, byte.MinValue, byte.MaxValue, short.MinValue, short.MaxValue, ushort.MinValue, ushort.MaxValue,
        0, int.MinValue, int.MaxValue, uint.MinValue, uint.MaxValue, long.MinValue, long.MaxValue, ulong.MinValue, ulong.MaxValue,
        Int128.MinValue, Int128.MaxValue, UInt128.MinValue, UInt128.MaxValue,
        Half.MinValue, Half.Epsilon, Half.MaxValue, 0f, float.MinValue, float.Epsilon, float.NaN, float.PositiveInfinity, float.NegativeInfinity,
        -0.0, 0.1, double.MinValue, double.Epsilon, double.MaxValue, double.NaN, double.PositiveInfinity, double.NegativeInfinity,
        decimal.MinValue, 0.0000000000000000000000000001m, 1.50m, decimal.MaxValue,
        'a', '\0', '"', 'ß', '\uffff',
        "", " ", "quote \" backslash \\ tab \t null \0", "größer, 日本語, \ud83d\ude00", new string('x', 100_000),
        Guid.Empty, new Guid("f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
        DateTime.MinValue, DateTime.MaxValue, new DateTime(2024, 2, 29, 23, 59, 59, 999, DateTimeKind.Utc),
        DateTimeOffset.MinValue, DateTimeOffset.MaxValue, new DateTimeOffset(2024, 2, 29, 1, 2, 3, TimeSpan.FromHours(-9.5)),
        DateOnly.MinValue, DateOnly.MaxValue, TimeOnly.MinValue, TimeOnly.MaxValue,
        TimeSpan.Zero, TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.FromTicks(1),
        new Uri("https://example.org/a%20b?q=ü#f"), new Uri("../relative", UriKind.Relative),
        new Version(1, 0), new Version(1, 2, 3, int.MaxValue),
        Array.Empty<byte>(), new byte[] { 0, 127, 255 },
        JsonDocument.Parse("""{"a":[1,null,"x"]}""").RootElement, JsonDocument.Parse("null").RootElement,
    ];

    public static IReadOnlyList<object?> Of(Type type)
    {
        var simple = s_simple.Where(value => value.GetType() == type).ToArray();
        return simple.Length > 0 ? simple : Composed(type);
    }

    private static object?[] Composed(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return [null, .. Of(underlying)];
        }

        if (type.IsEnum)
        {
            return [.. Enum.GetValues(type).Cast<object>(), Enum.ToObject(type, int.MinValue)];
        }

        if (type == typeof(Memory<byte>))
        {
            return [Memory<byte>.Empty, new Memory<byte>([1, 2, 255])];
        }

        if (type == typeof(ReadOnlyMemory<byte>))
        {
            return [ReadOnlyMemory<byte>.Empty, new ReadOnlyMemory<byte>([1, 2, 255])];
        }

        return type.IsAssignableTo(typeof(ITuple)) ? Tuples(type)
            : type.IsArray ? [Array.CreateInstance(type.GetElementType()!, 0), ToArray(type.GetElementType()!, Of(type.GetElementType()!))]
            : Collections(type);
    }

    private static object[] Tuples(Type type)
    {
        var items = type.GetGenericArguments();
        return [.. Enumerable.Range(0, items.Max(item => Of(item).Count)).Select(index => Activator.CreateInstance(
            type,
            [.. items.Select(item => Of(item)[index % Of(item).Count])])!)];
    }

    private static object[] Collections(Type type)
    {
        var arguments = type.GetGenericArguments();
        var concrete = type switch
        {
            { IsInterface: false } => type,
            _ when arguments.Length == 2 => typeof(Dictionary<,>).MakeGenericType(arguments),
            _ when type.GetGenericTypeDefinition() == typeof(ISet<>) => typeof(HashSet<>).MakeGenericType(arguments),
            _ => typeof(List<>).MakeGenericType(arguments),
        };
        var (empty, full) = (Activator.CreateInstance(concrete)!, Activator.CreateInstance(concrete)!);
        if (full is IDictionary dictionary)
        {
            var values = Of(arguments[1]);
            foreach (var (index, key) in Of(arguments[0]).Index())
            {
                dictionary.Add(key!, values[index % values.Count]);
            }
        }
        else
        {
            var add = concrete.GetMethod("Add", arguments)!;
            foreach (var value in Of(arguments[0]))
            {
                add.Invoke(full, [value]);
            }
        }

        return [empty, full];
    }

    private static Array ToArray(Type element, IReadOnlyList<object?> values)
    {
        var array = Array.CreateInstance(element, values.Count);
        ((IList)values.ToArray()).CopyTo(array, 0);
        return array;
    }

    /// <summary>A value as text that shows every difference, for types whose equality does not, such as memory, lists and -0.</summary>
    public static string Show(object? value) => value switch
    {
        null => "null",
        string text => $"'{text}'",
        JsonElement element => element.GetRawText(),
        Memory<byte> memory => Convert.ToHexString(memory.Span),
        ReadOnlyMemory<byte> memory => Convert.ToHexString(memory.Span),
        DateTime date => date.ToString("O", CultureInfo.InvariantCulture),
        ITuple tuple => $"({string.Join("; ", Enumerable.Range(0, tuple.Length).Select(index => Show(tuple[index])))})",
        IDictionary dictionary => $"{{{string.Join("; ", dictionary.Keys.Cast<object>().Select(key => $"{Show(key)}: {Show(dictionary[key])}"))}}}",
        IEnumerable items => $"[{string.Join("; ", items.Cast<object?>().Select(Show))}]",
        IFormattable formattable => formattable.ToString(value is DateTimeOffset or DateOnly or TimeOnly ? "O" : null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
