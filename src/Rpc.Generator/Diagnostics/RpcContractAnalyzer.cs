using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Rpc.Generator.Parsing;

namespace Rpc.Generator.Diagnostics;

/// <summary>Reports what makes an interface unfit to be a contract, in the words of the classifier that the generator uses too.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RpcContractAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = Descriptors.OfContracts;

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (ServiceAttribute.Of(type) is not { } attribute)
        {
            return;
        }

        foreach (var problem in ContractClassifier.Classify(type, attribute, context.CancellationToken).Problems)
        {
            context.ReportDiagnostic(ToDiagnostic(type, problem));
        }
    }

    /// <summary>An inherited member may lie in another file or assembly; the contract, where one can do something about it, is here.</summary>
    private static Diagnostic ToDiagnostic(INamedTypeSymbol contract, Problem problem)
    {
        var member = problem.At.Locations.Where(static location => location.IsInSource).ToArray();
        var isInContract = SymbolEqualityComparer.Default.Equals(problem.At, contract)
            || Containers(problem.At).Contains(contract, SymbolEqualityComparer.Default);
        return isInContract && member.Length > 0
            ? Diagnostic.Create(problem.Descriptor, member[0], problem.Arguments)
            : Diagnostic.Create(problem.Descriptor, contract.Locations[0], additionalLocations: member, problem.Arguments);
    }

    private static IEnumerable<ISymbol> Containers(ISymbol symbol)
    {
        for (var container = symbol.ContainingSymbol; container is not null; container = container.ContainingSymbol)
        {
            yield return container;
        }
    }
}
