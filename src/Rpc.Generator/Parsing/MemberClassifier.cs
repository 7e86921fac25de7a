using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Rpc.Generator.Diagnostics;

namespace Rpc.Generator.Parsing;

/// <summary>Decides about one member of a contract or of a base that is lifted into it.</summary>
internal static class MemberClassifier
{
    /// <summary>
    /// Whether a proxy must implement the member, or it looks as if it should. Nested types, constants, static members with a body, accessors (their
    /// property speaks for them) and methods with a body are the interface's own affair.
    /// </summary>
    public static bool IsOfContract(INamedTypeSymbol contract, ISymbol member) => member switch
    {
        INamedTypeSymbol or IFieldSymbol => false,
        IMethodSymbol { AssociatedSymbol: not null } => false,
        { IsStatic: true } => member.IsAbstract || member.IsVirtual,
        _ when IsLocal(contract, member) => member is IMethodSymbol method && HasMethodAttribute(method),
        _ => true,
    };

    /// <summary>Classifies a member for which <see cref="IsOfContract"/> holds.</summary>
    public static IReadOnlyList<Problem> Classify(ContractShape shape, ISymbol member, out MethodShape? method)
    {
        method = null;
        return member switch
        {
            { IsStatic: true } => [new Problem(Descriptors.StaticAbstractMember, member, member.Name)],
            _ when IsLocal(shape.Contract, member) => [new Problem(Descriptors.AttributeOnLocalMethod, member, member.Name)],
            _ when !IsVisible(shape.Contract, member) => [new Problem(Descriptors.ProtectedMember, member, member.Name)],
            IPropertySymbol property => [new Problem(Descriptors.Property, member, member.Name, property.IsIndexer ? "Item" : member.Name)],
            IEventSymbol => [new Problem(Descriptors.Event, member, member.Name)],
            IMethodSymbol symbol => MethodClassifier.Classify(shape, symbol, out method),
            _ => [],
        };
    }

    /// <summary>Whether code in the contract's assembly that holds the interface can use the member.</summary>
    public static bool IsVisible(INamedTypeSymbol contract, ISymbol member) =>
        member.DeclaredAccessibility == Accessibility.Public
        || (member.DeclaredAccessibility == Accessibility.Internal && IsFriend(contract, member));

    /// <summary>Whether the contract's assembly sees what is internal beside the member.</summary>
    public static bool IsFriend(INamedTypeSymbol contract, ISymbol member) =>
        SymbolEqualityComparer.Default.Equals(contract.ContainingAssembly, member.ContainingAssembly)
        || member.ContainingAssembly.GivesAccessTo(contract.ContainingAssembly);

    private static bool HasMethodAttribute(IMethodSymbol method) => method.HasAttribute("Rpc", "RpcMethodAttribute");

    /// <summary>
    /// Whether an instance member runs where it is called: it has a body, its own or one that a more derived interface gives it, and no interface
    /// takes that away again.
    /// </summary>
    public static bool IsLocal(INamedTypeSymbol contract, ISymbol member)
    {
        if (IsExplicit(member))
        {
            return true;
        }

        var isOverridable = member.IsAbstract || member.IsVirtual;
        return !isOverridable || (SymbolEqualityComparer.Default.Equals(member.ContainingType, contract)
            ? !member.IsAbstract
            : contract.FindImplementationForInterfaceMember(member) is { IsAbstract: false });
    }

    /// <summary>Whether it only says something about a base's member, which is looked at itself.</summary>
    private static bool IsExplicit(ISymbol member) => member
        is IMethodSymbol { ExplicitInterfaceImplementations.Length: > 0 }
        or IPropertySymbol { ExplicitInterfaceImplementations.Length: > 0 }
        or IEventSymbol { ExplicitInterfaceImplementations.Length: > 0 };
}
