namespace Rpc.Contracts.Tests.RandomContracts.Grammar;

/// <summary>Parameter lists: names that generated code might want, defaults, <c>params</c>, tokens and modifiers.</summary>
internal static class ParameterGrammar
{
    private const string Token = "global::System.Threading.CancellationToken";

    private static readonly string[] s_names =
    [
        "a", "A", "b", "s", "ſ", "µ", "call", "invoker", "invoker2", "cancellationToken", "arguments", "result", "value", "options", "reader", "writer",
        "service", "contract", "System", "Task", "Rpc", "global", "@class", "@int", "cl\\u0061ss", "größe", "Größe", "値", "_", "_x", "__y", "s_value",
        "valueValue", "valueSeen", "Item1", "item1", "equals", "Equals", "toString", "clone", "deconstruct", "printMembers", "var", "nameof", "field",
        "@event", "from", "async", "@await", "typeToConvert", "FibRpc", "Fib", "getArgs", "GetArgs", "name", "current", "record", "@this", "@base", "x\\u0301",
    ];

    private static readonly Dictionary<string, string[]> s_defaults = new()
    {
        ["int"] = ["5", "int.MinValue", "-0"],
        ["long"] = ["long.MinValue", "1L << 40"],
        ["byte"] = ["255"],
        ["bool"] = ["true"],
        ["char"] = ["'\\0'", "'\\''", "'ü'", "'\\ud800'"],
        ["double"] = ["double.NaN", "-0.0", "double.MaxValue", "double.Epsilon", "0.1", "double.NegativeInfinity"],
        ["float"] = ["float.NaN", "1e-45f", "float.MaxValue", "0.1f"],
        ["decimal"] = ["1.50m", "decimal.MinValue", "-0.0m"],
        ["ulong"] = ["ulong.MaxValue"],
        ["string"] = ["\"\"", "\"quote \\\" back \\\\ line \\n\"", "\"{x}\"", "\"\\ud800\"", "\"\\0\\u0007\\u2028\""],
        ["string?"] = ["null", "\"x\""],
        ["int?"] = ["null", "7"],
        ["global::Payloads.Color"] = ["global::Payloads.Color.Blue", "(global::Payloads.Color)99"],
        ["global::Payloads.Color?"] = ["null", "global::Payloads.Color.Red"],
        ["global::Payloads.Bits"] = ["global::Payloads.Bits.One | global::Payloads.Bits.Two"],
    };

    public static IReadOnlyList<ParameterSpec> Make(Dice dice, int oddPercent)
    {
        var parameters = new List<ParameterSpec>();

        // Rarely more than a delegate or a tuple can have.
        var count = dice.Percent(2) ? 18 : dice.Upto(4);
        for (var index = 0; index < count; index++)
        {
            var isOptional = parameters is [.., { Default: not null }] || dice.Percent(20);
            if (parameters.TrueForAll(static parameter => parameter.Modifier != "params "))
            {
                parameters.Add(One(dice, Name(dice, parameters), isOptional, index == count - 1, oddPercent));
            }
        }

        if (dice.Percent(60))
        {
            // Nothing goes behind params.
            var last = parameters is [.., { Modifier: "params " }] ? parameters.Count - 1 : parameters.Count;
            var isDefault = (last > 0 && parameters[last - 1].Default is not null) || dice.Percent(70);
            var token = new ParameterSpec(Name(dice, parameters), new TypeSpec(Token), "", isDefault ? "default" : null);
            parameters.Insert(dice.Percent(5) && !isDefault ? 0 : last, token);
            if (dice.Percent(oddPercent))
            {
                parameters.Add(token with { Name = "second" });
            }
        }

        return parameters;
    }

    private static ParameterSpec One(Dice dice, string name, bool isOptional, bool isLast, int oddPercent)
    {
        var type = dice.Percent(oddPercent) ? TypeGrammar.Impossible(dice) : TypeGrammar.Data(dice);
        if (isOptional)
        {
            type = dice.Percent(60) ? new TypeSpec(dice.Of<string>([.. s_defaults.Keys])) : type;
            var value = s_defaults.TryGetValue(type.Text, out var values) ? dice.Of<string>(values) : type.Text.EndsWith('?') ? "null" : "default";

            return new ParameterSpec(name, type, Attribute(dice), value);
        }

        if (isLast && dice.Percent(5))
        {
            return new ParameterSpec(name, new TypeSpec($"{type}[]", type), "params ");
        }

        return dice.Percent(oddPercent) ? new ParameterSpec(name, type, dice.Of("ref ", "out ", "in ", "ref readonly ", "scoped ")) : new ParameterSpec(name, type, Attribute(dice));
    }

    private static string Attribute(Dice dice) =>
        dice.Percent(5) ? $"[global::System.Diagnostics.CodeAnalysis.{dice.Of("AllowNull", "DisallowNull")}] " : "";

    private static string Name(Dice dice, List<ParameterSpec> earlier)
    {
        var name = dice.Of(s_names);
        return earlier.Exists(other => Plain(other.Name) == Plain(name)) ? $"p{earlier.Count}" : name;
    }

    private static string Plain(string name) => name.Replace("@", "", StringComparison.Ordinal).Replace("cl\\u0061ss", "class", StringComparison.Ordinal);
}
