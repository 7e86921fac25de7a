using Microsoft.CodeAnalysis;
using Rpc.Generator.Diagnostics;
using Rpc.Generator.Tests.Harness;

namespace Rpc.Generator.Tests;

/// <summary>A failure inside the generator is an error that names the contract.</summary>
public sealed class GeneratorFailureTests
{
    private const string Source = ContractCompiler.Usings + """
        [RpcService]
        public interface IBad
        {
            Task Run();
        }

        [RpcService]
        public interface IGood
        {
            Task Run();
        }
        """;

    [Fact]
    public void Failure_is_reported_and_leaves_other_contracts_alone()
    {
        var run = GeneratorRun.Start(ContractCompiler.Compile(Source), new RpcGenerator(static contract => contract.FullName == "IBad"
            ? throw new InvalidOperationException("first line\nsecond line")
            : $"// {contract.FullName}"));

        var diagnostic = Assert.Single(run.Result.Diagnostics);
        Assert.Equal(DiagnosticIds.GeneratorFailure, diagnostic.Id);
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
        Assert.Contains("'IBad'", diagnostic.GetMessage(), StringComparison.Ordinal);
        Assert.Contains("System.InvalidOperationException: first line | second line", diagnostic.GetMessage(), StringComparison.Ordinal);
        Assert.Equal("// IGood", run.Text);
        Assert.Null(run.Result.Exception);
    }

    [Fact]
    public void Nothing_is_reported_where_nothing_fails() => Assert.Empty(ContractCompiler.Generate(Source).AssertClean().Result.Diagnostics);

    [Fact]
    public void Cancellation_is_no_failure()
    {
        var run = GeneratorRun.Start(ContractCompiler.Compile(Source), new RpcGenerator(static _ => throw new OperationCanceledException()));

        Assert.IsType<OperationCanceledException>(run.Result.Exception);
        Assert.DoesNotContain(run.Result.Diagnostics, static diagnostic => diagnostic.Id == DiagnosticIds.GeneratorFailure);
    }
}
