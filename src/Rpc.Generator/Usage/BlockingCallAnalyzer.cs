using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Rpc.Generator.Diagnostics;
using Rpc.Generator.Parsing;

namespace Rpc.Generator.Usage;

/// <summary>
/// Reports a thread that waits for a remote call: <c>.Result</c>, <c>.Wait()</c> and <c>.GetAwaiter().GetResult()</c> right on the call. A task in a
/// variable may be known to have ended, as after <c>Task.WhenAll</c>, so it is left alone.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingCallAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.BlockingCall);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(AnalyzeProperty, OperationKind.PropertyReference);
        context.RegisterOperationAction(AnalyzeInvocation, OperationKind.Invocation);
    }

    private static void AnalyzeProperty(OperationAnalysisContext context)
    {
        var reference = (IPropertyReferenceOperation)context.Operation;
        if (reference.Property.Name == "Result" && IsTask(reference.Property.ContainingType))
        {
            Report(context, ".Result", reference.Instance);
        }
    }

    private static void AnalyzeInvocation(OperationAnalysisContext context)
    {
        var invocation = (IInvocationOperation)context.Operation;
        if (invocation.TargetMethod is { Name: "Wait", IsStatic: false } wait && IsTask(wait.ContainingType))
        {
            Report(context, ".Wait()", invocation.Instance);
        }
        else if (invocation.TargetMethod.Name == "GetResult"
            && invocation.Instance is { } awaiter
            && ContractCall.Unwrap(awaiter) is IInvocationOperation { TargetMethod.Name: "GetAwaiter" } getAwaiter)
        {
            Report(context, ".GetAwaiter().GetResult()", getAwaiter.Instance);
        }
    }

    private static void Report(OperationAnalysisContext context, string blocks, IOperation? task)
    {
        if (FindCall(task) is { } call)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.BlockingCall, context.Operation.Syntax.GetLocation(), blocks, $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}"));
        }
    }

    /// <summary>The remote call that makes the task, also where <c>ConfigureAwait</c>, <c>AsTask</c> or <c>Preserve</c> stands between.</summary>
    private static IInvocationOperation? FindCall(IOperation? task) => task is not null && ContractCall.Unwrap(task) is IInvocationOperation call
        ? ContractCall.IsRemote(call) ? call
            : call.TargetMethod.Name is "ConfigureAwait" or "AsTask" or "Preserve" && IsTask(call.TargetMethod.ContainingType) ? FindCall(call.Instance)
            : null
        : null;

    private static bool IsTask(INamedTypeSymbol type) =>
        type.Name is "Task" or "ValueTask" && type.ContainingNamespace.ToDisplayString() == "System.Threading.Tasks" && type.ContainingType is null;
}
