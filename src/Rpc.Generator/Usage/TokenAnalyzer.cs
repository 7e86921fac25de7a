using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Rpc.Generator.Diagnostics;
using Rpc.Generator.Parsing;

namespace Rpc.Generator.Usage;

/// <summary>
/// Reports a remote call that a service makes without the token of the method it makes it in. Only a token that is left out counts: any that is
/// written, also <c>CancellationToken.None</c>, was meant.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TokenAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The key of the token's name in the diagnostic's properties, for the fix.</summary>
    public const string TokenName = "Token";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.TokenNotPassedOn);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(Analyze, OperationKind.Invocation);
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!ContractCall.IsRemote(call) || !LeavesTokenOut(call) || FindToken(call, context.ContainingSymbol) is not { } token)
        {
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(
            Descriptors.TokenNotPassedOn,
            call.Syntax.GetLocation(),
            ImmutableDictionary<string, string?>.Empty.Add(TokenName, token.Name),
            $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}",
            token.Name));
    }

    private static bool LeavesTokenOut(IInvocationOperation call) => call.Arguments.Any(static argument =>
        argument is { ArgumentKind: ArgumentKind.DefaultValue, Parameter: { } parameter } && ParameterClassifier.IsToken(parameter));

    /// <summary>The token of the innermost function around the call that has one and whose parameters the call can see.</summary>
    private static IParameterSymbol? FindToken(IInvocationOperation call, ISymbol containing)
    {
        if (containing is not IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation } method
            || !ContractCall.Implements(method.ContainingType))
        {
            return null;
        }

        for (var operation = call.Parent; operation is not null; operation = operation.Parent)
        {
            var function = (operation as ILocalFunctionOperation)?.Symbol ?? (operation as IAnonymousFunctionOperation)?.Symbol;
            if (function is null)
            {
                continue;
            }

            if (TokenOf(function) is { } own)
            {
                return own;
            }

            if (function.IsStatic)
            {
                return null;
            }
        }

        return TokenOf(method);
    }

    private static IParameterSymbol? TokenOf(IMethodSymbol method) =>
        method.Parameters.FirstOrDefault(static parameter => parameter.RefKind == RefKind.None && ParameterClassifier.IsToken(parameter));
}
