namespace Rpc.Contracts.Tests.RandomContracts.Grammar;

/// <summary>Types of parameters and results.</summary>
internal static class TypeGrammar
{
    private const string Collections = "global::System.Collections.Generic.";

    private static readonly string[] s_values =
    [
        "bool", "sbyte", "byte", "short", "ushort", "int", "uint", "long", "ulong", "float", "double", "decimal", "char",
        "global::System.Int128", "global::System.UInt128", "global::System.Half", "global::System.Guid", "global::System.DateTime",
        "global::System.DateTimeOffset", "global::System.DateOnly", "global::System.TimeOnly", "global::System.TimeSpan",
        "global::System.Memory<byte>", "global::System.ReadOnlyMemory<byte>", "global::System.Text.Json.JsonElement",
        "global::Payloads.Color", "global::Payloads.Bits", "global::Payloads.Size",
    ];

    private static readonly string[] s_references =
    [
        "string", "string", "byte[]", "global::System.Uri", "global::System.Version", "global::Payloads.Point", "global::Payloads.Box",
        "global::Payloads.Tree", "global::Payloads.Outer.Inner", "global::Payloads.Fields", "global::Payloads.Shape",
    ];

    private static readonly string[] s_keys =
        ["string", "int", "long", "byte", "global::System.Guid", "global::Payloads.Color", "global::System.DateOnly", "char", "bool", "decimal"];

    private static readonly string[] s_lists =
        ["List", "IList", "ICollection", "IEnumerable", "IReadOnlyList", "IReadOnlyCollection", "HashSet", "ISet"];

    private static readonly string[] s_dictionaries = ["Dictionary", "IDictionary", "IReadOnlyDictionary"];

    private static readonly string[] s_impossible =
    [
        "object", "dynamic", "global::System.Action", "global::System.Func<int>", "nint", "global::System.Type", "global::System.IO.Stream",
        "global::System.Span<int>", "global::System.ReadOnlySpan<char>", "int*", "global::System.Threading.Tasks.Task<int>",
        "global::System.Collections.Generic.IAsyncEnumerable<int>", "global::System.IProgress<int>", "global::System.Threading.CancellationTokenSource",
        "global::System.Collections.Generic.List<global::System.Action>", "global::System.Linq.Expressions.Expression<global::System.Func<int>>", "int[,]",
        "global::System.Threading.CancellationToken?", "global::System.IDisposable", "global::Payloads.Note", "(int, global::Payloads.Note)", "delegate*<int, void>", "global::System.TypedReference",
    ];

    /// <summary>A type that travels.</summary>
    public static TypeSpec Data(Dice dice, int depth = 3)
    {
        if (depth == 0 || dice.Percent(55))
        {
            return Leaf(dice);
        }

        var element = Data(dice, depth - 1);
        return dice.Upto(5) switch
        {
            0 => Nullable(dice, new TypeSpec($"{element}[]", element), 20),
            1 => Nullable(dice, Dictionary(dice, element), 20),
            2 => Nullable(dice, Tuple(dice, element, depth), 20),
            3 => Nullable(dice, Pair(element, Data(dice, depth - 1)), 20),
            _ => Nullable(dice, new TypeSpec($"{Collections}{dice.Of(s_lists)}<{element}>", element), 20),
        };
    }

    /// <summary>A type that does not travel, or not in every case.</summary>
    public static TypeSpec Impossible(Dice dice) => new(dice.Of(s_impossible));

    private static TypeSpec Leaf(Dice dice) => dice.Percent(70)
        ? Nullable(dice, new TypeSpec(dice.Of(s_values)), 15)
        : Nullable(dice, new TypeSpec(dice.Of(s_references)), 25);

    private static TypeSpec Nullable(Dice dice, TypeSpec type, int chance) =>
        dice.Percent(chance) && !type.Text.EndsWith('?') ? new TypeSpec(type.Text + "?", type) : type;

    private static TypeSpec Dictionary(Dice dice, TypeSpec value) =>
        new($"{Collections}{dice.Of(s_dictionaries)}<{dice.Of(s_keys)}, {value}>", value);

    private static TypeSpec Pair(TypeSpec first, TypeSpec second) => new($"global::Payloads.Pair<{first}, {second}>", first, second);

    private static TypeSpec Tuple(Dice dice, TypeSpec first, int depth)
    {
        // Eight items and more are nested tuples to the runtime, one is no tuple to C#.
        TypeSpec[] items = [first, .. Enumerable.Range(0, dice.Percent(10) ? 8 : 1 + dice.Upto(2)).Select(_ => Data(dice, depth - 2 < 0 ? 0 : depth - 2))];
        var isNamed = dice.Percent(50);
        return new TypeSpec($"({string.Join(", ", items.Select((item, index) => isNamed ? $"{item} n{index}" : item.Text))})", items);
    }
}
