using Microsoft.CodeAnalysis;
using Rpc.Generator.Diagnostics;
using Rpc.Generator.Tests.Harness;

namespace Rpc.Generator.Tests;

/// <summary>A library need not know that a program without reflection will use its contracts: that shows where the program does.</summary>
public sealed class UsedContractTests
{
    private static readonly GeneratorRun s_library = ContractCompiler.Generate(ContractCompiler.Usings + """
        using System.Text.Json.Serialization;

        namespace Lib;

        public sealed record Order(int Id, Line Line);

        public sealed record Line(string Text);

        public sealed record Bill(int Id);

        public sealed record Known(int Id);

        [RpcService]
        public interface IOrders
        {
            Task Put(Order order, Known known);
        }

        [RpcService]
        public interface IBills : IOrders
        {
            Task<Bill> Get(int id, Order? order);
        }

        [RpcService]
        public interface INumbers
        {
            Task<int> Next();
        }

        [JsonSerializable(typeof(Known))]
        internal abstract class LibJson() : JsonSerializerContext(null);
        """).AssertClean();

    [Theory]
    [InlineData("client.Create<Lib.IOrders>()", "Order")]
    [InlineData("client?.Create<Lib.IOrders>()", "Order")]
    [InlineData("services.Add<Lib.IOrders>(null!)", "Order")]
    [InlineData("services.Add((Lib.IOrders)null!)", "Order")]
    [InlineData("client.Create<Lib.IBills>()", "Bill", "Order")]
    [InlineData("(client.Create<Lib.IOrders>(), client.Create<Lib.IOrders>())", "Order")]
    [InlineData("client.Create<Lib.INumbers>()")]
    [InlineData("typeof(Lib.IOrders)")]
    public async Task Contract_of_a_library_is_looked_at_where_it_is_used(string expression, params string[] missing)
    {
        var found = await FindAsync(Use(expression), "PublishTrimmed");

        Assert.Equal(missing, found.Select(Type).Order());
        Assert.All(found, static one => Assert.Equal((DiagnosticIds.NoJsonContext, DiagnosticSeverity.Warning), (one.Id, one.Severity)));
    }

    [Fact]
    public async Task It_is_reported_at_the_type_argument() =>
        Assert.Equal("Lib.IOrders", Text(Assert.Single(await FindAsync(Use("client.Create<Lib.IOrders>()"), "PublishAot")).Location));

    [Fact]
    public async Task Without_reflection_only()
    {
        Assert.Empty(await FindAsync(Use("client.Create<Lib.IOrders>()"), "Other"));
        Assert.Equal(DiagnosticSeverity.Error, Assert.Single(await FindAsync(Use("client.Create<Lib.IOrders>()"), "PublishAot")).Severity);
    }

    [Fact]
    public async Task Context_of_the_program_counts() => Assert.Empty(await FindAsync(
        Use("client.Create<Lib.IBills>()") + """

        [System.Text.Json.Serialization.JsonSerializable(typeof(Lib.Order[]))]
        [System.Text.Json.Serialization.JsonSerializable(typeof(Lib.Bill))]
        internal abstract class AppJson() : System.Text.Json.Serialization.JsonSerializerContext(null);
        """,
        "PublishAot"));

    [Fact]
    public async Task Base_in_a_library_is_looked_at_with_what_derives_from_it()
    {
        var found = Assert.Single(await FindAsync("[RpcService] public interface IMine : Lib.IOrders { Task<int> Count(); }", "PublishAot"));

        Assert.Equal(("Order", "IMine"), (Type(found), Text(found.Location)));
    }

    private static string Use(string expression) => $$"""
        public static class Program
        {
            public static object? Use(RpcClient client, RpcServices services) => {{expression}};
        }
        """;

    private static async Task<IReadOnlyList<Diagnostic>> FindAsync(string source, string property)
    {
        var compilation = ContractCompiler.CompileAgainst(s_library, ContractCompiler.Usings + source)
            .AddReferences(MetadataReference.CreateFromFile(typeof(RpcClient).Assembly.Location));
        Assert.Empty(compilation.GetDiagnostics().Where(static one => one.Severity == DiagnosticSeverity.Error && one.Id != "CS0534"));
        var found = await ContractCompiler.AnalyzeAsync(compilation, new Dictionary<string, string> { [property] = "true" });
        return [.. found.Where(static one => one.Severity > DiagnosticSeverity.Info)];
    }

    private static string Type(Diagnostic found) => found.GetMessage().Split('\'')[3];

    private static string Text(Location location) => location.SourceTree!.GetText().ToString(location.SourceSpan);
}
