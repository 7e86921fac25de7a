using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Rpc.Contracts.Tests.RandomContracts.Calls;

/// <summary>A value as text that shows every difference, for types whose equality does not, such as memory, lists and -0.</summary>
internal static class ValueText
{
    public static string Of(object? value) => value switch
    {
        null => "null",
        string text => $"'{text}'",
        char character => ((int)character).ToString(CultureInfo.InvariantCulture),
        CancellationToken => "token",
        JsonElement element => element.GetRawText(),
        Memory<byte> memory => Convert.ToHexString(memory.Span),
        ReadOnlyMemory<byte> memory => Convert.ToHexString(memory.Span),
        Uri uri => uri.OriginalString,
        DateTime or DateTimeOffset or DateOnly or TimeOnly => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        ITuple tuple => $"({string.Join("; ", Enumerable.Range(0, tuple.Length).Select(index => Of(tuple[index])))})",
        IDictionary dictionary => $"{{{string.Join("; ", dictionary.Keys.Cast<object>().Select(key => $"{Of(key)}: {Of(dictionary[key])}"))}}}",
        IEnumerable items => $"[{string.Join("; ", items.Cast<object?>().Select(Of))}]",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        _ => $"{value.GetType().Name} {{{string.Join("; ", Members(value))}}}",
    };

    private static IEnumerable<string> Members(object value) => value.GetType().GetProperties()
        .Select(property => $"{property.Name}: {Of(property.GetValue(value))}")
        .Concat(value.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public).Select(field => $"{field.Name}: {Of(field.GetValue(value))}"));
}
