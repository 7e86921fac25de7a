namespace Rpc.Contracts.Tests.RandomContracts.Grammar;

/// <summary>Members of interfaces: mostly methods that can be called, and now and then anything else that C# allows there.</summary>
internal static class MemberGrammar
{
    public const string Task = "global::System.Threading.Tasks.Task";

    private const string ValueTask = "global::System.Threading.Tasks.ValueTask";

    private static readonly string[] s_names =
    [
        "Get", "Get", "Add", "Sum", "SumArgs", "SumArgsConverter", "Service", "With", "ToString", "Equals", "GetType", "GetHashCode", "Finalize",
        "FibRpc", "FibProxy", "Dispatcher", "DispatchAsync", "CreateProxy", "Register", "RegisterContract", "GetTypeInfo", "Invoker", "Queue",
        "MemberwiseClone", "@class", "@await", "cl\\u0061ss", "Größe", "値", "_", "__arglist_", "Task", "System", "Rpc", "Methods", "Bases", "Invoke",
    ];

    private static readonly string[] s_other =
    [
        "int Count { get; }", "string Name { get; set; }", "int this[int index] { get; }", "event global::System.Action Changed;",
        $"{Task}<T> Find<T>(T like);", $"{Task} Store<T>(global::System.Collections.Generic.List<T> items) where T : class;",
        "static abstract int Parse(string text);", "static abstract int Zero { get; }", "static virtual int One() => 1;",
        $"protected {Task} Hidden();", $"internal {Task} Inner(int a);", $"protected internal {Task} Half();", "int Local() => 1;", "private int Secret() => 2;",
        "sealed int Sealed() => 3;", $"{Task} Twice() => {Task}.CompletedTask;", $"[global::Rpc.RpcMethod(\"twice\")] {Task} Thrice() => {Task}.CompletedTask;",
        "static int Shared() => 4;", "const int Most = 5;", "static int s_count;", "enum Kind { A, B }", "class Nested { }", "interface IInner { int X(); }",
        $"ref int Reference();", "int Now(); ", "void Fire(int a);", "int Computed => 6;", "static string Label { get; set; } = \"\";",
        "unsafe int* Pointer();", $"{Task} Out(out int a);", "int Both { get; init; }", "static int operator +(I\u00a7 a, I\u00a7 b) => 1;",
    ];

    private static readonly string[] s_badReturns =
    [
        "void", "int", "string", "object", $"{Task}<{Task}<int>>", $"{ValueTask}<{Task}>", "global::System.Collections.Generic.IAsyncEnumerable<int>",
        $"{Task}<global::System.IO.Stream>", $"{Task}<global::System.Action>", $"{Task}<global::System.Collections.Generic.IAsyncEnumerable<int>>",
        $"{Task}<object>", $"{Task}<dynamic>", $"ref {Task}", $"ref readonly {ValueTask}<int>", "dynamic", "global::System.Threading.Tasks.TaskCompletionSource",
    ];

    private static readonly string[] s_methodAttributes =
    [
        "global::System.Obsolete", "global::System.Obsolete(\"No longer.\")", "global::System.Obsolete(\"Gone.\", true)",
        "global::System.Diagnostics.CodeAnalysis.Experimental(\"TRY001\")", "global::System.ComponentModel.EditorBrowsable",
    ];

    private static readonly string[] s_documentation =
    [
        "/// <summary>Adds &lt;one&gt; &amp; <c>two</c>.</summary>\n    ", "/// <summary>See <see cref=\"object.ToString\"/>.</summary>\n    ",
        "/// <summary>\n    /// Line one.\n    /// Line two.\n    /// </summary>\n    ", "/// <inheritdoc/>\n    ", "/// Text without a tag.\n    ",
        "/// <summary>Broken <b> & worse</summary>\n    ", "/** <summary>A block comment.</summary> */\n    ",
    ];

    private static readonly string[] s_wireNames =
    [
        "x", "Get", "get", "a b", "ünï", "class", "quo\\\"te", "{0}", "back\\\\slash", "SumArgs", "", " ", "a/b", "line\\n", "\\ud800",
        "loooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooong",
    ];

    public static IReadOnlyList<MemberSpec> Make(Dice dice, int most, int oddPercent)
    {
        var members = new List<MemberSpec>();
        for (var count = dice.Upto(most); count > 0; count--)
        {
            var member = dice.Percent(oddPercent) ? new MemberSpec(dice.Of(s_other)) : Method(dice, members, oddPercent);
            if (members.TrueForAll(other => other.Signature != member.Signature))
            {
                members.Add(member);
            }
        }

        return members;
    }

    private static MemberSpec Method(Dice dice, List<MemberSpec> earlier, int oddPercent)
    {
        var name = dice.Percent(15) && earlier.Find(static member => member.Name is not null) is { } overloaded ? overloaded.Name! : dice.Of(s_names);
        var isOverload = earlier.Exists(member => member.Name == name);
        var text = dice.Percent(15) ? dice.Of(s_documentation) : "";
        if (dice.Percent(5))
        {
            text += $"[{dice.Of(s_methodAttributes)}] ";
        }

        var isOneWay = dice.Percent(6);
        if (isOneWay || dice.Percent(isOverload ? 90 : 15))
        {
            text += Attribute(dice, isOverload ? "Wire" + earlier.Count : null, isOneWay, oddPercent);
        }

        if (name is "ToString" or "Equals" or "GetType" or "GetHashCode" or "MemberwiseClone" or "Finalize")
        {
            text += "new ";
        }

        var result = isOneWay && !dice.Percent(oddPercent) ? dice.Of(Task, ValueTask) : Return(dice, oddPercent);
        return new MemberSpec(text, result, name, ParameterGrammar.Make(dice, oddPercent));
    }

    private static string Attribute(Dice dice, string? name, bool isOneWay, int oddPercent)
    {
        name ??= dice.Percent(50) ? null : dice.Of(s_wireNames.AsSpan(0, dice.Percent(oddPercent) ? s_wireNames.Length : 10));
        string?[] arguments =
        [
            name is null ? null : $"\"{name}\"",
            dice.Percent(30) ? "TimeoutMs = " + dice.Of("30000", "10000", "int.MaxValue", "0", "-1") : null,
            dice.Percent(20) ? "Idempotent = " + dice.Of("true", "false") : null,
            isOneWay ? "OneWay = true" : dice.Percent(5) ? "OneWay = false" : null,
        ];
        return $"[global::Rpc.RpcMethod({string.Join(", ", arguments.Where(static argument => argument is not null))})] ";
    }

    private static string Return(Dice dice, int oddPercent) => dice.Percent(oddPercent)
        ? dice.Of(s_badReturns)
        : dice.Of(Task, ValueTask, Task + "<*>", Task + "<*>", Task + "<*>", ValueTask + "<*>").Replace("*", TypeGrammar.Data(dice).Text, StringComparison.Ordinal);
}
