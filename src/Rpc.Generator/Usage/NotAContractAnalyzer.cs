using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Rpc.Generator.Diagnostics;
using Rpc.Generator.Parsing;

namespace Rpc.Generator.Usage;

/// <summary>Reports a service that is added, or a proxy that is made, for a type for which nothing was generated.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NotAContractAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.NotAContract);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(Analyze, OperationKind.Invocation);
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!ContractCall.TakesContract(call.TargetMethod))
        {
            return;
        }

        // A type parameter is decided where it gets its argument, and a name that means nothing is the compiler's to report.
        var type = call.TargetMethod.TypeArguments[0];
        if (type.TypeKind is TypeKind.TypeParameter or TypeKind.Error || ContractCall.IsContract(type))
        {
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(
            Descriptors.NotAContract, ContractCall.LocateTypeArgument(call), Show(type), $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}", Suggestion(type)));
    }

    private static string Suggestion(ITypeSymbol type) =>
        type.AllInterfaces.FirstOrDefault(ContractCall.IsContract) is { } contract ? $", such as '{Show(contract)}'" : "";

    private static string Show(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
