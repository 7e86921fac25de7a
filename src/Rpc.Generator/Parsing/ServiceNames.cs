using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Rpc.Generator.Diagnostics;

namespace Rpc.Generator.Parsing;

/// <summary>Sees that the contracts of a program differ in their service names.</summary>
internal static class ServiceNames
{
    public static IEnumerable<Problem> FindDuplicates(Compilation compilation, IReadOnlyCollection<INamedTypeSymbol> contracts)
    {
        if (contracts.Count == 0 || compilation.GetTypeByMetadataName(ContractParser.AttributeName) is not { } attribute)
        {
            return [];
        }

        var others = contracts
            .Concat(ReferencedTypes.Using(compilation, attribute.ContainingAssembly.Name))
            .Where(static type => type.TypeKind == TypeKind.Interface && ServiceAttribute.Of(type) is not null)
            .ToLookup(NameOf, StringComparer.Ordinal);
        return contracts.SelectMany(contract => others[NameOf(contract)]
            .Where(other => !IsSame(contract, other))
            .OrderBy(TypeText.WireName, StringComparer.Ordinal)
            .Take(1)
            .Select(other => new Problem(Descriptors.DuplicateService, contract, contract.Name, NameOf(contract), TypeText.WireName(other))));
    }

    private static string NameOf(INamedTypeSymbol contract) => ServiceAttribute.Of(contract)?.Name ?? TypeText.WireName(contract);

    /// <summary>One file can be compiled into two projects; that is one contract, twice.</summary>
    private static bool IsSame(INamedTypeSymbol contract, INamedTypeSymbol other) =>
        SymbolEqualityComparer.Default.Equals(contract, other)
        || (!SymbolEqualityComparer.Default.Equals(contract.ContainingAssembly, other.ContainingAssembly) && TypeText.WireName(contract) == TypeText.WireName(other));
}
