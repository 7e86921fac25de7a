using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Rpc.Generator.Parsing;

namespace Rpc.Generator.Usage;

/// <summary>Recognises calls that go through a contract, so that what runs may be a proxy's method.</summary>
internal static class ContractCall
{
    /// <summary>
    /// Whether the call is of a method that a proxy carries. A call through a class that implements a contract is a plain method call,
    /// and a method with a body in the interface runs at the caller.
    /// </summary>
    public static bool IsRemote(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        return method is { IsStatic: false, IsAbstract: true, ContainingType.TypeKind: TypeKind.Interface }
            && (IsContract(method.ContainingType) || (call.Instance?.Type is INamedTypeSymbol receiver && IsContract(receiver)));
    }

    public static bool IsContract(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Interface } named && ServiceAttribute.Of(named) is not null;

    /// <summary>Whether the type serves a contract, as far as its declaration tells.</summary>
    public static bool Implements(INamedTypeSymbol type) => type.TypeKind is TypeKind.Class or TypeKind.Struct && type.AllInterfaces.Any(IsContract);

    /// <summary>Whether the method adds a service or makes a proxy, and its type argument is the contract.</summary>
    public static bool TakesContract(IMethodSymbol method) =>
        method.TypeArguments.Length == 1
        && (method.Name, method.ContainingType.Name) is ("Add", "RpcServices") or ("Create", "RpcClient")
        && (method.ContainingType.Is("Rpc", "RpcServices") || method.ContainingType.Is("Rpc", "RpcClient"));

    /// <summary>The type argument where it is written, else the method's name.</summary>
    public static Location LocateTypeArgument(IInvocationOperation call)
    {
        var name = call.Syntax switch
        {
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name,
            InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax binding } => binding.Name,
            var other => other,
        };
        return (name is GenericNameSyntax generic ? generic.TypeArgumentList.Arguments[0] : name).GetLocation();
    }

    /// <summary>The expression behind parentheses and conversions that the compiler put there.</summary>
    public static IOperation Unwrap(IOperation operation) => operation switch
    {
        IConversionOperation conversion => Unwrap(conversion.Operand),
        IParenthesizedOperation parenthesized => Unwrap(parenthesized.Operand),
        _ => operation,
    };
}
