using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Rpc.Generator.Tests.Harness;

/// <summary>One run of the generator over a compilation.</summary>
internal sealed record GeneratorRun(GeneratorDriver Driver, CSharpCompilation Input, CSharpCompilation Output)
{
    public GeneratorRunResult Result => Driver.GetRunResult().Results.Single();

    public ImmutableArray<GeneratedSourceResult> Files => Result.GeneratedSources;

    public string Text => Files.Single().SourceText.ToString();

    public static GeneratorRun Start(CSharpCompilation compilation, RpcGenerator generator) => Run(
        CSharpGeneratorDriver.Create(
            [generator.AsSourceGenerator()],
            parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options,
            driverOptions: new GeneratorDriverOptions(default, trackIncrementalGeneratorSteps: true)),
        compilation);

    /// <summary>Runs once more, with what this run has cached.</summary>
    public GeneratorRun Again(CSharpCompilation compilation) => Run(Driver, compilation);

    /// <summary>Fails on any error, and on any warning in generated code.</summary>
    public GeneratorRun AssertClean()
    {
        Assert.Null(Result.Exception);
        Assert.Empty(Result.Diagnostics);
        var generated = Files.Select(static file => file.SyntaxTree).ToHashSet();
        var found = Output.GetDiagnostics().Where(diagnostic =>
            diagnostic.Severity == DiagnosticSeverity.Error
            || (diagnostic.Severity == DiagnosticSeverity.Warning && diagnostic.Location.SourceTree is { } tree && generated.Contains(tree)));
        Assert.True(!found.Any(), string.Join("\n", found.Select(Show)));
        return this;
    }

    /// <summary>Why each output of a step is what it is.</summary>
    public ImmutableArray<IncrementalStepRunReason> Reasons(string step) =>
        [.. Result.TrackedSteps[step].SelectMany(static run => run.Outputs).Select(static output => output.Reason)];

    /// <summary>The same for the files that came out.</summary>
    public ImmutableArray<IncrementalStepRunReason> OutputReasons() =>
    [
        .. Result.TrackedOutputSteps
            .SelectMany(static step => step.Value)
            .SelectMany(static run => run.Outputs)
            .Select(static output => output.Reason),
    ];

    private static string Show(Diagnostic diagnostic) =>
        $"{diagnostic}\n    {diagnostic.Location.SourceTree?.GetText().Lines[diagnostic.Location.GetLineSpan().StartLinePosition.Line]}";

    private static GeneratorRun Run(GeneratorDriver driver, CSharpCompilation compilation)
    {
        var next = driver.RunGeneratorsAndUpdateCompilation(compilation, out var output, out _);
        return new GeneratorRun(next, compilation, (CSharpCompilation)output);
    }
}
