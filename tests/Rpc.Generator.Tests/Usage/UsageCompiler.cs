using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Rpc.Generator.Diagnostics;
using Rpc.Generator.Tests.Harness;
using Rpc.Generator.Usage;

namespace Rpc.Generator.Tests.Usage;

/// <summary>Compiles programs that use contracts and the runtime, with the generated code beside them, and runs all analyzers on them.</summary>
internal static class UsageCompiler
{
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } =
        [new RpcContractAnalyzer(), new NotAContractAnalyzer(), new BlockingCallAnalyzer(), new RetryAnalyzer(), new TokenAnalyzer()];

    public static MetadataReference Runtime { get; } = MetadataReference.CreateFromFile(typeof(RpcClient).Assembly.Location);

    /// <summary>Generates what the program needs; it must compile then.</summary>
    public static CSharpCompilation Compile(params string[] sources) =>
        ContractCompiler.Generate(ContractCompiler.Compile(sources).AddReferences(Runtime)).AssertClean().Output;

    public static async Task<IReadOnlyList<Diagnostic>> AnalyzeAsync(Compilation compilation)
    {
        var found = await compilation.WithAnalyzers(Analyzers).GetAnalyzerDiagnosticsAsync();
        Assert.DoesNotContain(found, static diagnostic => diagnostic.Id == "AD0001");
        return [.. found.OrderBy(static diagnostic => diagnostic.Location.GetLineSpan().Path, StringComparer.Ordinal).ThenBy(static diagnostic => diagnostic.Location.SourceSpan.Start)];
    }
}
