using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rpc.Contracts.Tests.RandomContracts.Grammar;

namespace Rpc.Contracts.Tests.RandomContracts.Calls;

/// <summary>Values of any type that a contract can have, null wherever its annotations allow it.</summary>
internal static class RandomValues
{
    private static readonly object[] s_edges =
    [
        false, true, sbyte.MinValue, (sbyte)7, byte.MinValue, byte.MaxValue, short.MinValue, (short)-1, ushort.MaxValue, (ushort)9,
        0, int.MinValue, int.MaxValue, uint.MaxValue, 1u, long.MinValue, long.MaxValue, ulong.MaxValue, 2ul, Int128.MinValue, Int128.One, UInt128.MaxValue, UInt128.Zero,
        Half.MaxValue, (Half)0.5, float.NaN, float.MinValue, 0.1f, -0.0, double.NaN, double.NegativeInfinity, double.Epsilon, 0.1,
        decimal.MinValue, 1.50m, 0m, 'a', '\0', '"', '\uffff', "", "text", "quote \" back \\ line \n \0", "größer, 日本語, \ud83d\ude00 <>&'",
        Guid.Empty, new Guid("f81d4fae-7dec-11d0-a765-00a0c91e6bf6"), DateTime.MinValue, new DateTime(2024, 2, 29, 23, 59, 59, 999, DateTimeKind.Utc),
        DateTimeOffset.MaxValue, new DateTimeOffset(2024, 2, 29, 1, 2, 3, TimeSpan.FromHours(-9.5)), DateOnly.MinValue, new DateOnly(2024, 2, 29),
        TimeOnly.MaxValue, new TimeOnly(1, 2, 3), TimeSpan.MinValue, TimeSpan.FromTicks(1), new Uri("https://example.org/a%20b?q=ü#f"), new Uri("../x", UriKind.Relative),
        new Version(1, 0), new Version(1, 2, 3, 4), Array.Empty<byte>(), new byte[] { 0, 127, 255 },
    ];

    private static readonly ILookup<Type, object> s_byType = s_edges.ToLookup(static value => value.GetType());

    public static object? Of(Type type, NullabilityInfo? info, Dice dice, int depth = 0)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return info?.WriteState != NullabilityState.NotNull && dice.Percent(30) ? null : Of(underlying, info?.GenericTypeArguments is [var inner] ? inner : null, dice, depth);
        }

        // What may be given: [AllowNull] and [DisallowNull] say so against the question mark.
        if (!type.IsValueType && info is { WriteState: NullabilityState.Nullable } && dice.Percent(25))
        {
            return null;
        }

        var edges = s_byType[type].ToArray();
        return edges.Length > 0 ? dice.Of<object>(edges) : Composed(type, info, dice, depth);
    }

    private static object Composed(Type type, NullabilityInfo? info, Dice dice, int depth)
    {
        if (type.IsEnum)
        {
            var values = Enum.GetValues(type);
            return values.GetValue(dice.Upto(values.Length - 1))!;
        }

        if (type == typeof(CancellationToken))
        {
            return CancellationToken.None;
        }

        if (type == typeof(object))
        {
            return dice.Upto(1000);
        }

        if (type == typeof(JsonElement))
        {
            return JsonDocument.Parse(dice.Of("""{"a":[1,null,"x"]}""", "7", "\"text\"")).RootElement;
        }

        if (type == typeof(Memory<byte>))
        {
            return new Memory<byte>([1, 2, 255]);
        }

        if (type == typeof(ReadOnlyMemory<byte>))
        {
            return new ReadOnlyMemory<byte>([(byte)dice.Upto(255)]);
        }

        if (type.IsArray)
        {
            var array = Array.CreateInstance(type.GetElementType()!, Count(dice, depth));
            for (var index = 0; index < array.Length; index++)
            {
                array.SetValue(Of(type.GetElementType()!, info?.ElementType, dice, depth + 1), index);
            }

            return array;
        }

        return type.IsAssignableTo(typeof(IEnumerable)) ? Collection(type, info, dice, depth) : Object(type, info, dice, depth);
    }

    private static object Collection(Type type, NullabilityInfo? info, Dice dice, int depth)
    {
        var items = type.GetGenericArguments();
        var concrete = !type.IsInterface ? type
            : items.Length == 2 ? typeof(Dictionary<,>).MakeGenericType(items)
            : type.GetGenericTypeDefinition() == typeof(ISet<>) ? typeof(HashSet<>).MakeGenericType(items)
            : typeof(List<>).MakeGenericType(items);
        var collection = Activator.CreateInstance(concrete)!;
        for (var count = Count(dice, depth); count > 0; count--)
        {
            var values = items.Select((item, index) => Of(item, info?.GenericTypeArguments.ElementAtOrDefault(index), dice, depth + 1)).ToArray();
            if (collection is IDictionary dictionary)
            {
                dictionary[values[0]!] = values[1];
            }
            else if (concrete.GetGenericTypeDefinition() != typeof(HashSet<>) || !((IEnumerable)collection).Cast<object?>().Select(ValueText.Of).Contains(ValueText.Of(values[0])))
            {
                // Two equal arrays are two elements of a set here, and one where each is a copy that compares otherwise.
                concrete.GetMethod("Add", items)!.Invoke(collection, values);
            }
        }

        return collection;
    }

    /// <summary>Records and tuples have a constructor for all they hold; what has none but the empty one is filled through its properties.</summary>
    private static object Object(Type type, NullabilityInfo? info, Dice dice, int depth)
    {
        if (type.IsAbstract)
        {
            var derived = type.GetCustomAttributes<JsonDerivedTypeAttribute>().Select(static one => one.DerivedType).ToArray();
            return Object(dice.Of<Type>(derived), info, dice, depth);
        }

        var nullability = new NullabilityInfoContext();
        var constructor = type.GetConstructors().OrderBy(static constructor => constructor.GetParameters().Length).Last();
        var isTuple = type.IsAssignableTo(typeof(ITuple));
        var value = constructor.Invoke([.. constructor.GetParameters().Select((parameter, index) => Of(
            parameter.ParameterType, isTuple ? info?.GenericTypeArguments.ElementAtOrDefault(index) : nullability.Create(parameter), dice, depth + 1))]);
        if (constructor.GetParameters().Length == 0)
        {
            foreach (var property in type.GetProperties())
            {
                property.SetValue(value, Of(property.PropertyType, nullability.Create(property), dice, depth + 1));
            }

            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public))
            {
                field.SetValue(value, Of(field.FieldType, nullability.Create(field), dice, depth + 1));
            }
        }

        return value;
    }

    /// <summary>Fewer the deeper, so that a tree ends.</summary>
    private static int Count(Dice dice, int depth) => depth > 3 ? 0 : dice.Upto(3 - depth + (depth == 0 ? 1 : 0));
}
