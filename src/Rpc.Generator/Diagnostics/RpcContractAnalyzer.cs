using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Rpc.Generator.Parsing;
using Rpc.Generator.Parsing.Payloads;
using Rpc.Generator.Usage;

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
            compilation.RegisterCompilationEndAction(end => CheckNames(end, shapes));
            if (ReflectionUse.SeverityOf(compilation.Options.AnalyzerConfigOptionsProvider.GlobalOptions) is { } severity)
            {
                var used = new ReferencedContracts();
                compilation.RegisterOperationAction(used.Add, OperationKind.Invocation);
                compilation.RegisterCompilationEndAction(end => CheckContexts(end, shapes, used, severity));
            }
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
    private static void CheckNames(CompilationAnalysisContext context, ConcurrentBag<ContractShape> shapes)
    {
        foreach (var problem in ServiceNames.FindDuplicates(context.Compilation, [.. shapes]))
        {
            context.ReportDiagnostic(ToDiagnostic((INamedTypeSymbol)problem.At, problem, problem.Descriptor.DefaultSeverity));
        }
    }

    /// <summary>
    /// Reports payload types without metadata: of this project's contracts there, and of those in libraries, which may not have been built for a program
    /// without reflection, where they are used.
    /// </summary>
    private static void CheckContexts(
        CompilationAnalysisContext context, ConcurrentBag<ContractShape> shapes, ReferencedContracts used, DiagnosticSeverity severity)
    {
        if (shapes.IsEmpty && used.IsEmpty)
        {
            return;
        }

        var contexts = JsonContexts.Of(context.Compilation);
        foreach (var shape in shapes)
        {
            foreach (var problem in contexts.FindMissing([shape, .. ReferencedContracts.BasesOf(shape, context.CancellationToken)]))
            {
                context.ReportDiagnostic(ToDiagnostic(shape.Contract, problem, severity));
            }
        }

        foreach (var (at, found) in used.Classify(context.CancellationToken))
        {
            foreach (var problem in contexts.FindMissing(found))
            {
                context.ReportDiagnostic(Diagnostic.Create(problem.Descriptor, at, severity, additionalLocations: null, properties: null, problem.Arguments));
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
