using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Rpc.Generator;

namespace Rpc.Contracts.Tests.Harness;

/// <summary>Compiles as a strict project that references Rpc.Runtime would, with the generator and with all of its analyzers.</summary>
internal static class InMemoryCompiler
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> s_analyzers =
    [
        .. typeof(RpcGenerator).Assembly.GetTypes()
            .Where(static type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
            .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    public static CSharpParseOptions Strict { get; } = new(LanguageVersion.CSharp13, DocumentationMode.Diagnose);

    /// <summary>The framework that runs the tests, and our own libraries: nothing else that happens to lie beside the tests.</summary>
    public static ImmutableArray<MetadataReference> References { get; } = FindReferences();

    public static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, Strict, path);

    public static CSharpCompilation Compile(string name, IEnumerable<SyntaxTree> trees, OutputKind kind = OutputKind.DynamicallyLinkedLibrary) =>
        CSharpCompilation.Create(
            name,
            trees,
            References,
            new CSharpCompilationOptions(kind, warningLevel: 9999, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));

    /// <summary>What our analyzers say, in the order of the files.</summary>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Compilation compilation)
    {
        // An analyzer that throws is a diagnostic of the compiler's, AD0001, and no reason to go on.
        var diagnostics = await compilation.WithAnalyzers(s_analyzers).GetAnalyzerDiagnosticsAsync();
        return [.. diagnostics.OrderBy(static diagnostic => diagnostic.Location.SourceTree?.FilePath).ThenBy(static diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    public static GeneratorDriverRunResult Generate(CSharpCompilation compilation, out CSharpCompilation output, params IEnumerable<ISourceGenerator> others)
    {
        var driver = CSharpGeneratorDriver.Create([new RpcGenerator().AsSourceGenerator(), .. others], parseOptions: Strict)
            .RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _);
        output = (CSharpCompilation)generated;
        return driver.GetRunResult();
    }

    private static ImmutableArray<MetadataReference> FindReferences()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location);
        var trusted = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        return
        [
            .. trusted.Where(path => Path.GetDirectoryName(path) == framework).Select(static path => MetadataReference.CreateFromFile(path)),
            MetadataReference.CreateFromFile(typeof(RpcServiceAttribute).Assembly.Location),
            MetadataReference.CreateFromFile(typeof(RpcClient).Assembly.Location),
        ];
    }
}
