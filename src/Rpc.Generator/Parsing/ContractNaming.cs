using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Rpc.Generator.Model;

namespace Rpc.Generator.Parsing;

/// <summary>
/// Chooses the base name of a contract's generated classes: <c>Fib</c> for <c>IFib</c> and for <c>Fib</c>, <c>ShopOrders</c> for <c>Shop.IOrders</c>
/// nested in a class. Where another contract has a better claim, or a type of the user's is in the way, a number goes behind it.
/// </summary>
internal static class ContractNaming
{
    public static string BaseOf(INamedTypeSymbol contract)
    {
        var name = PreferredBase(contract);
        var place = contract.ContainingNamespace;
        var rank = Claimants(place, name).TakeWhile(claimant => !SymbolEqualityComparer.Default.Equals(claimant, contract)).Count();
        return Enumerable.Range(1, int.MaxValue - 1)
            .Select(number => number == 1 ? name : name + number)
            .Where(candidate => IsFree(place, candidate))
            .ElementAt(rank);
    }

    private static string PreferredBase(INamedTypeSymbol contract) =>
        string.Concat(Containers(contract).Select(static container => container.Name).Reverse()) + WithoutI(contract.Name);

    /// <summary><c>IFib</c> is Fib, <c>Invoice</c> and <c>I</c> are themselves.</summary>
    public static string WithoutI(string name) => name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1]) ? name.Substring(1) : name;

    /// <summary>All contracts of the namespace that want the name, those first that keep it in every case.</summary>
    private static IEnumerable<INamedTypeSymbol> Claimants(INamespaceSymbol place, string name)
    {
        var outer = new[] { "I" + name, name }
            .SelectMany(candidate => place.GetTypeMembers(candidate, 0))
            .Where(type => IsContract(type) && PreferredBase(type) == name);

        // The outermost container's name is what the base name begins with; asking for each prefix is cheaper than going through the namespace.
        var nested = Enumerable.Range(1, name.Length - 1)
            .SelectMany(length => place.GetTypeMembers(name.Substring(0, length)))
            .SelectMany(AllNested)
            .Where(type => IsContract(type) && PreferredBase(type) == name)
            .OrderBy(TypeText.WireName, StringComparer.Ordinal);
        return outer.Concat(nested);
    }

    private static bool IsFree(INamespaceSymbol place, string candidate)
    {
        var names = new ContractNames(candidate);
        return new[] { names.Rpc, names.Proxy, names.Dispatcher, names.Json, names.Contract }
            .All(name => !place.GetMembers(name).Any(static member => member is INamespaceSymbol or INamedTypeSymbol { Arity: 0 }));
    }

    private static bool IsContract(INamedTypeSymbol type) => type.TypeKind == TypeKind.Interface && ServiceAttribute.Of(type) is not null;

    private static IEnumerable<INamedTypeSymbol> Containers(INamedTypeSymbol type)
    {
        for (var container = type.ContainingType; container is not null; container = container.ContainingType)
        {
            yield return container;
        }
    }

    private static IEnumerable<INamedTypeSymbol> AllNested(INamedTypeSymbol type) =>
        type.GetTypeMembers().SelectMany(static nested => new[] { nested }.Concat(AllNested(nested)));
}
