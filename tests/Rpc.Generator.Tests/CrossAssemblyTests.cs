using Microsoft.CodeAnalysis;
using Rpc.Generator.Diagnostics;
using Rpc.Generator.Tests.Harness;

namespace Rpc.Generator.Tests;

/// <summary>Contracts and their bases in other assemblies than the code that uses them.</summary>
public sealed class CrossAssemblyTests
{
    private static readonly GeneratorRun s_library = ContractCompiler.Generate(ContractCompiler.Usings + """
        namespace Lib;

        public interface IRepository<T>
        {
            Task<T?> Get(int id = 7, CancellationToken cancellationToken = default);
        }

        public interface IGuarded
        {
            internal Task Secret();

            Task Open();
        }

        public interface IWithProperty
        {
            int Count { get; }
        }

        [RpcService]
        public interface IFib
        {
            Task<long> Fib(int n);
        }
        """).AssertClean();

    [Fact]
    public void Contract_of_a_library_is_used_like_one_of_ones_own()
    {
        var app = ContractCompiler.CompileAgainst(s_library, ContractCompiler.Usings + """
            using Lib;

            public static class Program
            {
                public static Task<long> Run(IFib fib) => fib.With(new RpcCallOptions()).Fib(1);

                public static string Name => FibRpc.Fib.Name;
            }
            """);

        Assert.Empty(ContractCompiler.Generate(app).AssertClean().Files);
    }

    [Fact]
    public async Task Base_of_a_library_is_lifted()
    {
        var app = ContractCompiler.CompileAgainst(s_library, ContractCompiler.Usings + "[RpcService] public interface ITexts : Lib.IRepository<string>;");

        Assert.Empty(await ContractCompiler.FindMistakesAsync(app));
        Assert.Contains("int idValue = 7;", ContractCompiler.Generate(app).AssertClean().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Member_that_a_library_keeps_to_itself_makes_a_contract_impossible()
    {
        var app = ContractCompiler.CompileAgainst(s_library, ContractCompiler.Usings + "[RpcService] public interface IMine : Lib.IGuarded;");

        Assert.Equal([DiagnosticIds.ProtectedMember], (await ContractCompiler.FindMistakesAsync(app)).Select(static diagnostic => diagnostic.Id));
        Assert.Empty(ContractCompiler.Generate(app).AssertClean().Files);
    }

    [Fact]
    public async Task Mistake_of_a_library_is_reported_at_the_contract()
    {
        var app = ContractCompiler.CompileAgainst(s_library, ContractCompiler.Usings + "[RpcService] public interface IMine : Lib.IWithProperty;");

        var diagnostic = Assert.Single(await ContractCompiler.AnalyzeAsync(app));
        Assert.Equal(DiagnosticIds.Property, diagnostic.Id);
        Assert.Equal("IMine", app.SyntaxTrees[0].GetText().ToString(diagnostic.Location.SourceSpan));
        Assert.Empty(diagnostic.AdditionalLocations);
    }

    [Fact]
    public async Task Mistake_of_a_base_in_the_same_project_is_reported_at_the_contract_and_points_to_the_member()
    {
        var compilation = ContractCompiler.Compile(
            ContractCompiler.Usings + "[RpcService] public interface IMine : IBase;",
            ContractCompiler.Usings + "public interface IBase { int Count { get; } }");

        var diagnostic = Assert.Single(await ContractCompiler.AnalyzeAsync(compilation));
        Assert.Equal("IMine", Text(diagnostic.Location));
        Assert.Equal("Count", Text(Assert.Single(diagnostic.AdditionalLocations)));
    }

    private static string Text(Location location) => location.SourceTree!.GetText().ToString(location.SourceSpan);
}
