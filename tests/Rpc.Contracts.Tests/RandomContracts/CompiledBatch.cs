using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Rpc.Contracts.Tests.Harness;
using Rpc.Contracts.Tests.RandomContracts.Calls;
using Rpc.Contracts.Tests.RandomContracts.Grammar;

namespace Rpc.Contracts.Tests.RandomContracts;

/// <summary>A batch of files through analyzer, generator and compiler.</summary>
internal sealed class CompiledBatch
{
    private const string PathPrefix = "Contracts";

    private static readonly MetadataReference s_payloads = MetadataReference.CreateFromFile(typeof(Payloads).Assembly.Location);

    /// <summary>Files that are no C# in the first place, which says nothing about us.</summary>
    public int Discarded { get; private set; }

    /// <summary>Files with an error of ours.</summary>
    public int Refused { get; private set; }

    /// <summary>Files without.</summary>
    public int Accepted { get; private set; }

    /// <summary>The ids of everything reported.</summary>
    public ImmutableHashSet<string> Ids { get; private set; } = [];

    /// <summary>What must not be: a failed generator, and errors and warnings in generated code.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>The contracts to call, by metadata name.</summary>
    public IReadOnlyList<string> Contracts { get; private set; } = [];

    /// <summary>The assembly, once nothing failed.</summary>
    public byte[] Image { get; private set; } = [];

    public static async Task<CompiledBatch> CompileAsync(ContractBatch batch)
    {
        var compiled = new CompiledBatch();
        var shared = InMemoryCompiler.Parse(EchoServices.Shared, "Shared.cs");
        var trees = batch.Files.Select(static (file, number) => InMemoryCompiler.Parse(file.Source(number), $"{PathPrefix}{number}.cs")).ToArray();
        var input = compiled.Discard(InMemoryCompiler.Compile("Random", [shared, .. trees]).AddReferences(s_payloads));
        var accepted = await compiled.AnalyzeAsync(input);
        compiled.Generate(input, accepted);
        return compiled;
    }

    private CSharpCompilation Discard(CSharpCompilation input)
    {
        // The compiler knows more about what is C# than a grammar of ours needs to; the test says how much it may throw away.
        var broken = input.GetDiagnostics()
            .Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(static diagnostic => diagnostic.Location.SourceTree)
            .OfType<SyntaxTree>()
            .ToHashSet();
        Discarded = broken.Count;
        return input.RemoveSyntaxTrees(broken);
    }

    private async Task<HashSet<SyntaxTree>> AnalyzeAsync(CSharpCompilation input)
    {
        var found = await InMemoryCompiler.AnalyzeAsync(input);
        Ids = [.. found.Select(static diagnostic => diagnostic.Id)];
        Failures.AddRange(found.Where(static diagnostic => !diagnostic.Id.StartsWith("RPC", StringComparison.Ordinal)).Select(Show));
        var refused = found.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(static diagnostic => diagnostic.Location.SourceTree).ToHashSet();
        var accepted = input.SyntaxTrees.Where(tree => tree.FilePath.StartsWith(PathPrefix, StringComparison.Ordinal) && !refused.Contains(tree)).ToHashSet();
        (Refused, Accepted) = (refused.Count, accepted.Count);
        return accepted;
    }

    private void Generate(CSharpCompilation input, HashSet<SyntaxTree> accepted)
    {
        var contracts = EchoServices.Contracts(input, accepted);
        Contracts = [.. contracts.Select(EchoServices.MetadataName)];
        var services = InMemoryCompiler.Parse(EchoServices.Source(contracts), "Services.cs");
        var result = InMemoryCompiler.Generate(input.AddSyntaxTrees(services), out var output);
        Failures.AddRange(result.Diagnostics.Select(Show));
        using var image = new MemoryStream();
        var emitted = output.Emit(image);
        Image = image.ToArray();
        var generated = result.GeneratedTrees.ToHashSet();
        Failures.AddRange(emitted.Diagnostics
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error
                || (diagnostic.Severity == DiagnosticSeverity.Warning && diagnostic.Location.SourceTree is { } tree && generated.Contains(tree)))
            .Select(Show));
    }

    private static string Show(Diagnostic diagnostic) =>
        $"{diagnostic}\n    {diagnostic.Location.SourceTree?.GetText().Lines[diagnostic.Location.GetLineSpan().StartLinePosition.Line]}";
}
