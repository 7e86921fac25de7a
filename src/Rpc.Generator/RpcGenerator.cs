using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Rpc.Generator.Discovery;
using Rpc.Generator.Emitting;
using Rpc.Generator.Model;
using Rpc.Generator.Parsing;

namespace Rpc.Generator;

/// <summary>
/// Emits one file for each interface with <c>[RpcService]</c>. It says nothing about what a contract does wrong: <c>RpcContractAnalyzer</c> does,
/// from the same classifier, and a member that cannot be called becomes one that throws.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class RpcGenerator : IIncrementalGenerator
{
    private readonly Func<ContractModel, string> _emit;

    public RpcGenerator()
        : this(ContractEmitter.Emit)
    {
    }

    /// <summary>For the test of what happens when the generator itself fails.</summary>
    internal RpcGenerator(Func<ContractModel, string> emit) => _emit = emit;

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // Find and parse: the only step that sees symbols, and it runs only where a declaration has changed.
        var contracts = context.CompilationProvider
            .WithComparer(DeclarationComparer.Instance)
            .SelectMany(static (compilation, cancellationToken) => ContractBuckets.Of(Parse((CSharpCompilation)compilation, cancellationToken)))
            .WithTrackingName(StepNames.Parse)
            .SelectMany(static (bucket, _) => bucket)
            .WithTrackingName(StepNames.Contract);

        // Names only, so that an edit in one contract leaves the others' files alone.
        var hintNames = contracts
            .Select(static (parsed, _) => parsed.FullName)
            .Collect()
            .Select(static (names, _) => HintNames.Of(names))
            .WithTrackingName(StepNames.HintNames);

        // One file a contract.
        var files = contracts
            .Combine(hintNames)
            .Select(static (pair, _) => new ContractFile(pair.Left, pair.Right.For(pair.Left.FullName)))
            .WithTrackingName(StepNames.File);

        context.RegisterSourceOutput(files, (output, file) => ContractOutput.Add(output, file, _emit));
    }

    private static IEnumerable<ParsedContract> Parse(CSharpCompilation compilation, CancellationToken cancellationToken) =>
        ContractDiscovery.Find(compilation, cancellationToken)
            .Select(contract => ContractParser.Parse(contract, cancellationToken))
            .OfType<ParsedContract>();
}
