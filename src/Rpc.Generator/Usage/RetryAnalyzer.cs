using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Rpc.Generator.Diagnostics;
using Rpc.Generator.Parsing;

namespace Rpc.Generator.Usage;

/// <summary>
/// Reports <c>contract.With(new RpcCallOptions { Retry = … }).Method(…)</c> where the method is not idempotent, so that the retry does less than it says.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RetryAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.RetryOfOneTimeMethod);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(Analyze, OperationKind.Invocation);
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.Instance is not { } receiver || !ContractCall.IsRemote(call) || IsIdempotent(call.TargetMethod))
        {
            return;
        }

        if (KnownValue.Of(receiver, context.CancellationToken) is IInvocationOperation with
            && IsWith(with.TargetMethod)
            && with.Arguments.FirstOrDefault(static argument => argument.Parameter?.Type.Is("Rpc", "RpcCallOptions") == true) is { } options
            && FindRetry(options.Value, context.CancellationToken) is { } retry
            && IsRetry(retry, context.CancellationToken))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.RetryOfOneTimeMethod, call.Syntax.GetLocation(), $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}"));
        }
    }

    private static bool IsIdempotent(IMethodSymbol method) => method.GetAttributes().Any(static data =>
        data.AttributeClass.Is("Rpc", "RpcMethodAttribute")
        && data.NamedArguments.Any(static argument => argument is { Key: "Idempotent", Value.Value: true }));

    /// <summary>The generated <c>With</c> of a contract, whatever class it is in: it takes the contract and returns it.</summary>
    private static bool IsWith(IMethodSymbol method) => method.Name == "With" && ContractCall.IsContract(method.ReturnType);

    /// <summary>What the options' <c>Retry</c> is set to, where that can be seen.</summary>
    private static IOperation? FindRetry(IOperation options, CancellationToken cancellationToken)
    {
        var initializer = KnownValue.Of(options, cancellationToken) switch
        {
            IObjectCreationOperation creation => creation.Initializer,
            IWithOperation with => with.Initializer,
            _ => null,
        };
        return Assigned(initializer, "Retry");
    }

    /// <summary>Not null, not <c>None</c>, not something whose value cannot be seen: options for more than one attempt.</summary>
    private static bool IsRetry(IOperation retry, CancellationToken cancellationToken) =>
        KnownValue.Of(retry, cancellationToken) is IObjectCreationOperation creation
        && Assigned(creation.Initializer, "MaxAttempts") is not { ConstantValue: { HasValue: true, Value: 1 } };

    private static IOperation? Assigned(IObjectOrCollectionInitializerOperation? initializer, string property) => initializer?.Initializers
        .OfType<ISimpleAssignmentOperation>()
        .FirstOrDefault(assignment => assignment.Target is IPropertyReferenceOperation target && target.Property.Name == property)
        ?.Value;
}
