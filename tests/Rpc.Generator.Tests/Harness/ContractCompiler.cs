using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Rpc.Generator.Diagnostics;

namespace Rpc.Generator.Tests.Harness;

/// <summary>Compiles contracts in memory, as strictly as a project can be set up, and runs generator and analyzer on them.</summary>
internal static class ContractCompiler
{
    /// <summary>What a file of a project without implicit usings would begin with.</summary>
    public const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;
        using Rpc;

        """;

    private static readonly ImmutableArray<MetadataReference> s_references = FindReferences();

    public static CSharpParseOptions Strict { get; } = new(LanguageVersion.CSharp13, DocumentationMode.Diagnose);

    public static CSharpCompilation Compile(params string[] sources) => Compile(Strict, NullableContextOptions.Enable, sources);

    public static CSharpCompilation Compile(CSharpParseOptions parse, NullableContextOptions nullable, params string[] sources) => CSharpCompilation.Create(
        "Contracts",
        sources.Select((source, index) => CSharpSyntaxTree.ParseText(source, parse, path: $"Source{index}.cs")),
        s_references,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, warningLevel: 9999, nullableContextOptions: nullable, allowUnsafe: true));

    /// <summary>Compiles code that uses what another run has generated, as a project that references the contracts' project does.</summary>
    public static CSharpCompilation CompileAgainst(GeneratorRun library, params string[] sources)
    {
        using var image = new MemoryStream();
        Assert.True(library.Output.Emit(image).Success);
        return Compile(sources).WithAssemblyName("App").AddReferences(MetadataReference.CreateFromImage(image.ToArray()));
    }

    public static GeneratorRun Generate(params string[] sources) => Generate(Compile(sources));

    public static GeneratorRun Generate(CSharpCompilation compilation) => GeneratorRun.Start(compilation, new RpcGenerator());

    public static Task<ImmutableArray<Diagnostic>> AnalyzeAsync(CSharpCompilation compilation) =>
        AnalyzeAsync(compilation, new Dictionary<string, string>());

    /// <param name="compilation">What to look at.</param>
    /// <param name="properties">The project's MSBuild properties, those that the compiler can see.</param>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(CSharpCompilation compilation, IReadOnlyDictionary<string, string> properties)
    {
        var options = new AnalyzerOptions([], new ProjectProperties(properties));
        var diagnostics = await compilation.WithAnalyzers([new RpcContractAnalyzer()], options).GetAnalyzerDiagnosticsAsync();
        return [.. diagnostics.OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start).ThenBy(static diagnostic => diagnostic.Id)];
    }

    /// <summary>The same, without the notes about what is only good to know.</summary>
    public static async Task<ImmutableArray<Diagnostic>> FindMistakesAsync(CSharpCompilation compilation) =>
        [.. (await AnalyzeAsync(compilation)).Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];

    /// <summary>Turns on a rule that is off by default.</summary>
    public static CSharpCompilation Enable(CSharpCompilation compilation, string id) =>
        compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions([new(id, ReportDiagnostic.Warn)]));

    /// <summary>The framework that runs the tests, and our own contract library: nothing else that happens to lie beside the tests.</summary>
    private static ImmutableArray<MetadataReference> FindReferences()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location);
        var trusted = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        return
        [
            .. trusted.Where(path => Path.GetDirectoryName(path) == framework).Select(static path => MetadataReference.CreateFromFile(path)),
            MetadataReference.CreateFromFile(typeof(RpcServiceAttribute).Assembly.Location),
        ];
    }
}
