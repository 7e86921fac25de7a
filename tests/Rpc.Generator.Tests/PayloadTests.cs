using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Rpc.Generator.Diagnostics;
using Rpc.Generator.Tests.Harness;

namespace Rpc.Generator.Tests;

/// <summary>What the analyzer finds inside parameters and results, and that System.Text.Json sees it the same way.</summary>
public sealed class PayloadTests
{
    // As the runtime has them always.
    private static readonly JsonSerializerOptions s_fields = new() { IncludeFields = true };

    [Theory]
    [InlineData("Action Done { get; set; }", "x.Done", "is not data")]
    [InlineData("System.IO.Stream Body { get; set; }", "x.Body", "is a stream")]
    [InlineData("Task<int> Later { get; set; }", "x.Later", "is awaited")]
    [InlineData("CancellationToken Token { get; set; }", "x.Token", "is not data")]
    [InlineData("Type Kind => GetType();", "x.Kind", "is not data")]
    [InlineData("int[,] Grid { get; set; }", "x.Grid", "more than one dimension")]
    [InlineData("List<Dictionary<string, int[,]>> Grids { get; set; }", "x.Grids[][]", "more than one dimension")]
    [InlineData("Dictionary<Payload, int> Map { get; set; }", "x.Map", "keys of type 'Payload'")]
    [InlineData("IReadOnlyDictionary<byte[], int> Map { get; set; }", "x.Map", "keys of type 'byte[]'")]
    [InlineData("Exception Error { get; set; }", "x.Error", "is an exception")]
    [InlineData("BigInteger Number { get; set; }", "x.Number", "has no form in JSON")]
    [InlineData("OneWayBag Bag { get; set; }", "x.Bag", "nothing can be added")]
    [InlineData("Hidden Inner { get; set; }", "x.Inner", "has no public constructor")]
    [InlineData("Several Inner { get; set; }", "x.Inner", "has several constructors")]
    [InlineData("Odd[] Inner { get; set; }", "x.Inner[]", "parameter 'number' has no property")]
    [InlineData("Pair<int, Action> Pair { get; set; }", "x.Pair.Right", "is not data")]
    [InlineData("[JsonInclude] public Func<int> Made;", "x.Made", "is not data")]
    [InlineData("public Func<int> Made;", "x.Made", "is not data")]
    [InlineData("(int, Action) Pair { get; set; }", "x.Pair.Item2", "is not data")]
    [InlineData("IThing Thing { get; set; }", "x.Thing", "is an interface")]
    [InlineData("Thing Thing { get; set; }", "x.Thing", "is abstract")]
    [InlineData("IComparable Thing { get; set; }", "x.Thing", "is an interface")]
    [InlineData("Unmarked Thing { get; set; }", "x.Thing", "without a discriminator")]
    [InlineData("Animal Thing { get; set; }", "x.Thing.Bark", "is not data")]
    [InlineData("IBag Bag { get; set; }", "x.Bag", "cannot be made")]
    [InlineData("AbstractBag Bag { get; set; }", "x.Bag", "cannot be made")]
    public Task Impossible_inside_a_type(string member, string path, string reason) =>
        AssertFoundAsync(DiagnosticIds.ImpossiblePayload, DiagnosticSeverity.Error, member, path, reason);

    [Theory]
    [InlineData("int Count { get; private set; }", "x.Count", "no public setter")]
    [InlineData("List<int> Lines { get; } = [];", "x.Lines", "no public setter")]
    [InlineData("int Count { private get; set; }", "x.Count", "no public getter")]
    [InlineData("public readonly int Count;", "x.Count", "is a readonly field")]
    [InlineData("[JsonInclude] public readonly int Count;", "x.Count", "is a readonly field")]
    [InlineData("(int, Point) Pair { get; set; }", "x.Pair.Item2.X", "no public setter")]
    [InlineData("List<(int A, Point B)?> Pairs { get; set; }", "x.Pairs[].B.X", "no public setter")]
    [InlineData("Point Point { get; set; }", "x.Point.X", "no public setter")]
    [InlineData("Labels Labels { get; set; }", "x.Labels.Color", "only the elements travel")]
    public Task Lost_inside_a_type(string member, string path, string reason) =>
        AssertFoundAsync(DiagnosticIds.DroppedMember, DiagnosticSeverity.Error, member, path, reason);

    [Theory]
    [InlineData("object Any { get; set; }", "x.Any", "arrives as a JsonElement")]
    [InlineData("List<object?> Any { get; set; }", "x.Any[]", "arrives as a JsonElement")]
    [InlineData("System.Collections.ArrayList Any { get; set; }", "x.Any", "whose elements arrive")]
    public Task Unknown_inside_a_type(string member, string path, string reason) =>
        AssertFoundAsync(DiagnosticIds.UnknownPayload, DiagnosticSeverity.Warning, member, path, reason);

    [Theory]
    [InlineData("int Count { get; set; }")]
    [InlineData("required string Name { get; init; }")]
    [InlineData("string? Name { get; set; } public bool HasName => Name != null;")]
    [InlineData("[JsonIgnore] public Action? Done { get; set; }")]
    [InlineData("[JsonInclude] public int Count { get; private set; }")]
    [InlineData("[JsonInclude] public int Count;")]
    [InlineData("[JsonInclude] public int Count { private get; set; }")]
    [InlineData("public int Count; public List<(int, string)?>? Pairs;")]
    [InlineData("(int, string) Pair { get; set; }")]
    [InlineData("Pair<int, (int, int)>? Pair { get; set; }")]
    [InlineData("ReadOnlyField? Field { get; set; }")]
    [InlineData("Plain? Plain { get; set; }")]
    [InlineData("Quaternion Turn { get; set; } public Vector3[]? Path { get; set; } public Plane Plane { get; set; }")]
    [InlineData("[JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)] public List<int> Lines { get; } = [];")]
    [InlineData("[JsonConverter(typeof(JsonConverter))] public Type Kind { get; set; } = typeof(int);")]
    [InlineData("Converted Any { get; set; }")]
    [InlineData("Payload? Next { get; set; } public List<Payload>? Others { get; set; }")]
    [InlineData("Endless<int>? Next { get; set; }")]
    [InlineData("Shape? Shape { get; set; }")]
    [InlineData("ReadOnlySet Set { get; set; } = new();")]
    [InlineData("ImmutableArray<int> Array { get; set; } public ImmutableDictionary<DateOnly, int>? Map { get; set; }")]
    [InlineData("Queue<Guid>? Queue { get; set; } public KeyValuePair<string, int> Pair { get; set; }")]
    [InlineData("IDictionary<DayOfWeek, IReadOnlyList<ISet<Uri>>>? Map { get; set; }")]
    [InlineData("JsonElement Element { get; set; } public System.Text.Json.Nodes.JsonNode? Node { get; set; }")]
    [InlineData("Marked? Inner { get; set; }")]
    [InlineData("MutablePoint Point { get; set; }")]
    [InlineData("private Action? _done; internal Action? Done => _done; protected Action? Other { get; set; }")]
    [InlineData("static Action? Done { get; set; } public const int X = 1;")]
    [InlineData("System.Net.HttpStatusCode Status { get; set; }")]
    public async Task Data(string member) => Assert.Empty((await FindAsync(member)).Select(static found => found.ToString()));

    [Fact]
    public async Task Results_and_bare_types_are_looked_at_too()
    {
        var found = await ContractCompiler.FindMistakesAsync(ContractCompiler.Compile(ContractCompiler.Usings + """
            public sealed record Order(int Id, Action Done);

            [RpcService]
            public interface IOrders
            {
                Task<List<Order>> Find(Dictionary<Version, int[,]> grids);

                Task<Order> Again(Order order);
            }
            """));

        Assert.Equal(
            ["'grids[]' is of type 'int[,]'", "'Find()[].Done' is of type 'Action'"],
            found.OrderByDescending(static one => one.Location.SourceSpan.Start).Select(static one => one.GetMessage(CultureInfo.InvariantCulture).Split(", which")[0]));
    }

    [Fact]
    public async Task Payload_of_a_library_is_looked_at_as_far_as_one_can_see_it()
    {
        var library = ContractCompiler.Generate(ContractCompiler.Usings + """
            namespace Lib;

            public sealed class Order
            {
                private Order(int id) => Id = id;

                public int Id { get; }

                public Action? Done { get; }
            }

            public sealed record Line(int Id, Action Done);
            """).AssertClean();
        var app = ContractCompiler.CompileAgainst(library, ContractCompiler.Usings + """
            [RpcService]
            public interface IOrders
            {
                Task Put(Lib.Order order, Lib.Line line);
            }
            """);

        var found = Assert.Single(await ContractCompiler.FindMistakesAsync(app), static one => one.GetMessage(CultureInfo.InvariantCulture).StartsWith("'line.Done'", StringComparison.Ordinal));
        Assert.Equal(DiagnosticIds.ImpossiblePayload, found.Id);
    }

    [Theory]
    [InlineData("string Text { get; private set; } = \"\";", true)]
    [InlineData("List<int> Lines { get; } = [];", true)]
    [InlineData("readonly int Count;", true)]
    [InlineData("[System.Text.Json.Serialization.JsonInclude] public string Text { get; private set; } = \"\";", false)]
    [InlineData("string Text { get; init; } = \"\"; public int Length => Text.Length; public int Count; public (int, string) Pair;", false)]
    public async Task Member_of_a_librarys_type_is_looked_at(string member, bool isLost)
    {
        var library = ContractCompiler.Generate($"{ContractCompiler.Usings} public sealed class Order {{ {(member[0] == '[' ? "" : "public ")}{member} }}").AssertClean();
        var app = ContractCompiler.CompileAgainst(library, ContractCompiler.Usings + "[RpcService] public interface IOrders { Task Put(Order order); }");

        var found = await ContractCompiler.FindMistakesAsync(app);

        Assert.Equal(isLost ? [DiagnosticIds.DroppedMember] : [], found.Select(static one => one.Id));
    }

    /// <summary>The converter in the user's options may know better, so what is generated does not change.</summary>
    [Fact]
    public void Code_is_generated_whatever_is_found() => Assert.Contains(
        "InvokeAsync",
        ContractCompiler.Generate(ContractCompiler.Usings + "[RpcService] public interface IGrids { Task Put(int[,] grid); }").AssertClean().Text,
        StringComparison.Ordinal);

    public static TheoryData<object> Refused =>
    [
        new BigInteger(7), new Complex(1, 2), CultureInfo.InvariantCulture, IPAddress.Loopback, 1..2, new Index(3),
        new StringBuilder("x"), TimeZoneInfo.Utc, new FileInfo("x"), new UriFormatException("x"),
    ];

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void Type_of_the_framework_that_is_refused_does_not_come_back(object value)
    {
        var type = value.GetType();
        object? copy = null;

        // Writing, reading or both fail, each type in its own way; or another value comes back.
        var failure = Record.Exception(() => copy = JsonSerializer.Deserialize(JsonSerializer.Serialize(value, type, s_fields), type, s_fields));

        Assert.True(failure is not null || copy?.ToString() != value.ToString(), $"{value} came back as {copy}.");
    }

    [Fact]
    public void Type_of_the_framework_that_is_made_of_fields_comes_back()
    {
        object[] values = [new Vector2(1, 2), new Vector3(1, 2, 3), new Vector4(1, 2, 3, 4), new Quaternion(1, 2, 3, 4), new Plane(1, 2, 3, 4), ValueTuple.Create(5)];

        Assert.All(values, static value => Assert.Equal(
            value, JsonSerializer.Deserialize(JsonSerializer.Serialize(value, value.GetType(), s_fields), value.GetType(), s_fields)));
    }

    private static async Task AssertFoundAsync(string id, DiagnosticSeverity severity, string member, string path, string reason)
    {
        var found = Assert.Single(await FindAsync(member));
        var message = found.GetMessage(CultureInfo.InvariantCulture);

        Assert.Equal((id, severity), (found.Id, found.Severity));
        Assert.StartsWith($"'{path}' ", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    private static async Task<IEnumerable<Diagnostic>> FindAsync(string member)
    {
        var compilation = ContractCompiler.Compile($$"""
            {{ContractCompiler.Usings}}
            using System.Collections;
            using System.Collections.Immutable;
            using System.Numerics;
            using System.Text.Json;
            using System.Text.Json.Serialization;

            [RpcService]
            public interface IContract
            {
                Task M(Payload x);
            }

            public sealed class Payload
            {
                {{(member.StartsWith("public ", StringComparison.Ordinal) || member.StartsWith('[') || member.StartsWith("private ", StringComparison.Ordinal) ? "" : "public ")}}{{member}}
            }

            public sealed record Pair<TLeft, TRight>(TLeft Left, TRight Right);
            public sealed class Endless<T> { public Endless<Endless<T>>? Next { get; set; } public T? Value { get; set; } }
            public sealed class Hidden { private Hidden() { } }
            public sealed class Several { public Several(int a) { } public Several(string b) { } }
            public sealed class Odd { public Odd(int number) { } public long Number { get; set; } }
            public sealed class Marked { [JsonConstructor] private Marked(int id) => Id = id; public Marked(string a) { } public int Id { get; } }
            public readonly struct Point(int x) { public int X { get; } = x; }
            public struct MutablePoint { public int X { get; set; } }
            public interface IThing { int Id { get; } }
            public abstract class Thing;
            [JsonDerivedType(typeof(Circle), "circle")] public abstract record Shape;
            public sealed record Circle(double Radius) : Shape;
            [JsonConverter(typeof(JsonConverter))] public sealed class Converted { public Action? Done { get; } }
            public sealed class ReadOnlySet : HashSet<string>;
            public sealed class ReadOnlyField(int count) { public readonly int Count = count; }
            public sealed class Labels : List<string> { public string? Color { get; set; } public int Length => Count; [JsonIgnore] public int Cached { get; set; } }
            public interface IBag : IList<int>;
            public abstract class AbstractBag : List<int>;
            [JsonDerivedType(typeof(Dog))] public abstract class Unmarked;
            public sealed class Dog : Unmarked;
            [JsonDerivedType(typeof(Barking), "barking")] public class Animal;
            public sealed class Barking : Animal { public Action? Bark { get; set; } }
            [JsonDerivedType(typeof(Plain), "plain"), JsonDerivedType(typeof(Fancy), 2)] public class Plain;
            public sealed class Fancy : Plain { public int Hats { get; set; } }
            public sealed class OneWayBag : IEnumerable<int>
            {
                public IEnumerator<int> GetEnumerator() => throw new NotSupportedException();
                IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
            }
            """);
        Assert.Empty(compilation.GetDiagnostics().Where(static found => found.Severity == DiagnosticSeverity.Error));
        return await ContractCompiler.FindMistakesAsync(compilation);
    }
}
