using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
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
        // Find and parse: the only step that sees symbols.
        var contracts = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                ContractParser.AttributeName,
                static (node, _) => node is InterfaceDeclarationSyntax,
                static (found, cancellationToken) => ContractParser.Parse(found, cancellationToken))
            .SelectMany(static (parsed, _) => parsed)
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
}
