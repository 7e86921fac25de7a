using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Rpc.Generator.Parsing;
using Rpc.Generator.Parsing.Payloads;

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
        context.RegisterCompilationStartAction(static compilation =>
        {
            var shapes = new ConcurrentBag<ContractShape>();
            compilation.RegisterSymbolAction(symbol => Analyze(symbol, shapes), SymbolKind.NamedType);
            compilation.RegisterCompilationEndAction(end => AnalyzeTogether(end, shapes));
        });
    }

    private static void Analyze(SymbolAnalysisContext context, ConcurrentBag<ContractShape> shapes)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (ServiceAttribute.Of(type) is not { } attribute)
        {
            return;
        }

        var shape = ContractClassifier.Classify(type, attribute, context.CancellationToken);
        shapes.Add(shape);
        foreach (var problem in shape.Problems.Concat(PayloadInspector.Inspect(shape, context.CancellationToken)))
        {
            context.ReportDiagnostic(ToDiagnostic(type, problem, problem.Descriptor.DefaultSeverity));
        }
    }

    /// <summary>Reports what only shows when all contracts of the project are known.</summary>
    private static void AnalyzeTogether(CompilationAnalysisContext context, ConcurrentBag<ContractShape> shapes)
    {
        foreach (var problem in ServiceNames.FindDuplicates(context.Compilation, shapes.Select(static shape => shape.Contract).ToArray()))
        {
            context.ReportDiagnostic(ToDiagnostic((INamedTypeSymbol)problem.At, problem, problem.Descriptor.DefaultSeverity));
        }

        if (shapes.IsEmpty || ReflectionUse.SeverityOf(context.Options.AnalyzerConfigOptionsProvider.GlobalOptions) is not { } severity)
        {
            return;
        }

        var contexts = JsonContexts.Of(context.Compilation);
        foreach (var shape in shapes)
        {
            foreach (var problem in contexts.FindMissing(shape))
            {
                context.ReportDiagnostic(ToDiagnostic(shape.Contract, problem, severity));
            }
        }
    }

    /// <summary>An inherited member may lie in another file or assembly; the contract, where one can do something about it, is here.</summary>
    private static Diagnostic ToDiagnostic(INamedTypeSymbol contract, Problem problem, DiagnosticSeverity severity)
    {
        var member = problem.At.Locations.Where(static location => location.IsInSource).ToArray();
        var isInContract = SymbolEqualityComparer.Default.Equals(problem.At, contract)
            || Containers(problem.At).Contains(contract, SymbolEqualityComparer.Default);
        return isInContract && member.Length > 0
            ? Diagnostic.Create(problem.Descriptor, member[0], severity, additionalLocations: null, properties: null, problem.Arguments)
            : Diagnostic.Create(problem.Descriptor, contract.Locations[0], severity, member, properties: null, problem.Arguments);
    }

    private static IEnumerable<ISymbol> Containers(ISymbol symbol)
    {
        for (var container = symbol.ContainingSymbol; container is not null; container = container.ContainingSymbol)
        {
            yield return container;
        }
    }
}
