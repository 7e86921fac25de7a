using Microsoft.CodeAnalysis;
using Rpc.Generator.Diagnostics;
using Rpc.Generator.Tests.Harness;

namespace Rpc.Generator.Tests;

/// <summary>What only shows when all contracts of a project, and the project's own settings, are known.</summary>
public sealed class ProjectTests
{
    private const string Payloads = ContractCompiler.Usings + """
        using System.Text.Json.Serialization;

        public sealed record Order(int Id, List<Line> Lines);

        public sealed record Line(string Text, Kind Kind);

        public enum Kind
        {
            Plain,
        }

        [RpcService]
        public interface IOrders
        {
            Task Put(Order order, Kind kind, int[] numbers, (int, Order?)[] pairs, Dictionary<string, Line>? lines = null);

            Task<Order> Get(int id);

            Task<string> Name(int id);
        }

        """;

    [Theory]
    [InlineData("", "Order Line")]
    [InlineData("[JsonSerializable(typeof(Order))]", "")]
    [InlineData("[JsonSerializable(typeof(List<Order>))]", "")]
    [InlineData("[JsonSerializable(typeof(Line[]))]", "Order")]
    [InlineData("[JsonSerializable(typeof(int))]", "Order Line")]
    public async Task Context_knows_its_types_and_what_they_are_made_of(string attributes, string missing)
    {
        var source = Payloads + $"{attributes} public abstract class ShopJson() : JsonSerializerContext(null);";

        var found = await AnalyzeAsync(source, ("PublishTrimmed", "true"));

        Assert.Equal(missing.Split(' ', StringSplitOptions.RemoveEmptyEntries), found.Select(static one => one.GetMessage().Split('\'')[3]));
        Assert.All(found, static one => Assert.Equal((DiagnosticIds.NoJsonContext, DiagnosticSeverity.Warning), (one.Id, one.Severity)));
    }

    [Theory]
    [InlineData("PublishAot", "true", DiagnosticSeverity.Error)]
    [InlineData("PublishTrimmed", "True", DiagnosticSeverity.Warning)]
    [InlineData("IsTrimmable", "true", DiagnosticSeverity.Warning)]
    [InlineData("IsAotCompatible", "true", DiagnosticSeverity.Warning)]
    [InlineData("JsonSerializerIsReflectionEnabledByDefault", "false", DiagnosticSeverity.Warning)]
    [InlineData("JsonSerializerIsReflectionEnabledByDefault", "true", null)]
    [InlineData("PublishAot", "", null)]
    [InlineData("Other", "true", null)]
    public async Task Only_projects_without_reflection_need_a_context(string property, string value, DiagnosticSeverity? severity) =>
        Assert.Equal(severity is { } one ? [one, one] : [], (await AnalyzeAsync(Payloads, (property, value))).Select(static found => found.Severity));

    [Fact]
    public async Task Context_of_a_library_counts()
    {
        var library = ContractCompiler.Generate(ContractCompiler.Usings + """
            using System.Text.Json.Serialization;

            namespace Lib;

            public sealed record Order(int Id);

            [JsonSerializable(typeof(Order))]
            public abstract class LibJson() : JsonSerializerContext(null);
            """).AssertClean();
        var app = ContractCompiler.CompileAgainst(library, ContractCompiler.Usings + """
            public sealed record Line(int Id);

            [RpcService]
            public interface IOrders
            {
                Task Put(Lib.Order order, Line line);
            }
            """);

        var found = await ContractCompiler.AnalyzeAsync(app, new Dictionary<string, string> { ["PublishTrimmed"] = "true" });

        Assert.StartsWith("'line' is of type 'Line'", Assert.Single(found).GetMessage(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[RpcService(\"a\")] public interface IA { Task M(); } [RpcService(\"a\")] public interface IB { Task M(); }", 2)]
    [InlineData("[RpcService(\"IB\")] public interface IA { Task M(); } [RpcService] public interface IB { Task M(); }", 2)]
    [InlineData("[RpcService(\"a\")] public interface IA { Task M(); } [RpcService(\"A\")] public interface IB { Task M(); }", 0)]
    [InlineData("[RpcService(\"a\")] public interface IA { Task M(); } [RpcService(\"a\")] public interface IB : IA { Task N(); }", 2)]
    [InlineData("namespace X { [RpcService] public interface IA { Task M(); } } namespace Y { [RpcService] public interface IA { Task M(); } }", 0)]
    public async Task Service_names_differ(string source, int reported)
    {
        var found = await AnalyzeAsync(ContractCompiler.Usings + source);

        Assert.Equal(Enumerable.Repeat(DiagnosticIds.DuplicateService, reported), found.Select(static one => one.Id));
    }

    [Theory]
    [InlineData("[RpcService(Queue = \"q\")] public interface IA { Task M(); } [RpcService(Queue = \"q\")] public interface IB { Task M(); }", 2)]
    [InlineData("[RpcService(Queue = \"rpc.IB\")] public interface IA { Task M(); } [RpcService] public interface IB { Task M(); }", 2)]
    [InlineData("[RpcService(Queue = \"rpc.b\")] public interface IA { Task M(); } [RpcService(\"b\")] public interface IB { Task M(); }", 2)]
    [InlineData("[RpcService(Queue = \"q\")] public interface IA { Task M(); } [RpcService(Queue = \"q\")] public interface IB : IA { Task N(); }", 2)]
    [InlineData("[RpcService(Queue = \"q\", Wire = RpcWire.Bare)] public interface IA { Task M(); } [RpcService(Queue = \"q\")] public interface IB { Task M(); }", 2)]
    [InlineData("[RpcService(Queue = \"q\")] public interface IA { Task M(); } [RpcService(Queue = \"Q\")] public interface IB { Task M(); }", 0)]
    [InlineData("[RpcService(Queue = \"q\")] public interface IA { Task M(); } [RpcService] public interface IB : IA { Task N(); }", 0)]
    [InlineData("[RpcService(Queue = \"q\")] public interface IA { Task M(); } [RpcService(Queue = \"q\")] public interface IB : IA { }", 0)]
    [InlineData(
        "[RpcService(Queue = \"q\", Wire = RpcWire.Bare)] public interface IA { Task M(); } [RpcService(Queue = \"q\", Wire = RpcWire.Bare)] public interface IB { Task M(); }", 0)]
    public async Task Queues_differ(string source, int reported)
    {
        var found = await AnalyzeAsync(ContractCompiler.Usings + source);

        Assert.Equal(Enumerable.Repeat(DiagnosticIds.DuplicateQueue, reported), found.Select(static one => one.Id));
    }

    [Fact]
    public async Task Same_name_and_same_queue_are_one_mistake() => Assert.Equal(
        [DiagnosticIds.DuplicateService, DiagnosticIds.DuplicateService],
        (await AnalyzeAsync(ContractCompiler.Usings + """
            [RpcService("a", Queue = "q")] public interface IA { Task M(); }
            [RpcService("a", Queue = "q")] public interface IB { Task M(); }
            """)).Select(static one => one.Id));

    [Fact]
    public async Task Queue_of_a_library_is_taken()
    {
        var library = ContractCompiler.Generate(ContractCompiler.Usings + "[RpcService(Queue = \"q\")] public interface ILibOrders { Task Put(int id); }").AssertClean();
        var app = ContractCompiler.CompileAgainst(library, ContractCompiler.Usings + "[RpcService(Queue = \"q\")] public interface IOrders { Task Put(int id); }");

        var found = Assert.Single(await ContractCompiler.AnalyzeAsync(app));
        Assert.Equal(DiagnosticIds.DuplicateQueue, found.Id);
        Assert.Contains("'ILibOrders'", found.GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_name_of_a_library_is_taken()
    {
        var library = ContractCompiler.Generate(ContractCompiler.Usings + """
            namespace Lib;

            [RpcService("orders")]
            public interface ILibOrders
            {
                Task Put(int id);
            }

            [RpcService]
            public interface ILinked
            {
                Task Put(int id);
            }
            """).AssertClean();
        var app = ContractCompiler.CompileAgainst(library, ContractCompiler.Usings + """
            [RpcService("orders")]
            public interface IOrders
            {
                Task Put(int id);
            }

            namespace Lib
            {
                // One file in two projects is one contract.
                [RpcService]
                public interface ILinked
                {
                    Task Put(int id);
                }
            }
            """);

        var found = Assert.Single(await ContractCompiler.AnalyzeAsync(app));
        Assert.Equal(DiagnosticIds.DuplicateService, found.Id);
        Assert.Contains("'Lib.ILibOrders'", found.GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Method_without_a_token_is_reported_where_the_rule_is_on()
    {
        var compilation = ContractCompiler.Compile(ContractCompiler.Usings + """
            [RpcService]
            public interface IOrders
            {
                Task With(CancellationToken token);

                Task Without();
            }
            """);

        Assert.Empty(await ContractCompiler.AnalyzeAsync(compilation));
        var found = Assert.Single(await ContractCompiler.AnalyzeAsync(ContractCompiler.Enable(compilation, DiagnosticIds.NoToken)));
        Assert.Equal(DiagnosticIds.NoToken, found.Id);
        Assert.Contains("'Without'", found.GetMessage(), StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<Diagnostic>> AnalyzeAsync(string source, params (string Name, string Value)[] properties)
    {
        var found = await ContractCompiler.AnalyzeAsync(
            ContractCompiler.Compile(source), properties.ToDictionary(static one => one.Name, static one => one.Value));
        return [.. found.Where(static one => one.Severity > DiagnosticSeverity.Info)];
    }
}
