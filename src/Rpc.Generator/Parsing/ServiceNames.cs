using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Rpc.Generator.Diagnostics;

namespace Rpc.Generator.Parsing;

/// <summary>Sees that the contracts of a program differ in their service names and queues.</summary>
internal static class ServiceNames
{
    // What Rpc.RpcMethod gives a contract that names no queue; part of the wire format.
    private const string OwnQueue = "rpc.";

    public static IEnumerable<Problem> FindDuplicates(Compilation compilation, IReadOnlyCollection<ContractShape> shapes)
    {
        if (shapes.Count == 0 || compilation.GetTypeByMetadataName(ContractParser.AttributeName) is not { } attribute)
        {
            return [];
        }

        var referenced = ReferencedTypes.Using(compilation, attribute.ContainingAssembly.Name)
            .Where(static type => type.TypeKind == TypeKind.Interface && ServiceAttribute.Of(type) is not null)
            .ToArray();
        var names = shapes.Select(static shape => shape.Contract).Concat(referenced).ToLookup(NameOf, StringComparer.Ordinal);

        // A contract that only inherits methods has nothing in a queue of its own.
        var queues = shapes.Where(HasQueue).Select(static shape => shape.Contract).Concat(referenced).ToLookup(QueueOf, StringComparer.Ordinal);
        return shapes.SelectMany(shape => FindSameName(shape.Contract, names)
            .Concat(HasQueue(shape) ? FindSameQueue(shape.Contract, queues) : [])
            .Take(1));
    }

    private static IEnumerable<Problem> FindSameName(INamedTypeSymbol contract, ILookup<string, INamedTypeSymbol> names) => names[NameOf(contract)]
        .Where(other => !IsSame(contract, other))
        .OrderBy(TypeText.WireName, StringComparer.Ordinal)
        .Select(other => new Problem(Descriptors.DuplicateService, contract, contract.Name, NameOf(contract), TypeText.WireName(other)));

    private static IEnumerable<Problem> FindSameQueue(INamedTypeSymbol contract, ILookup<string, INamedTypeSymbol> queues) => queues[QueueOf(contract)]
        .Where(other => !IsSame(contract, other) && !(IsBare(contract) && IsBare(other)))
        .OrderBy(TypeText.WireName, StringComparer.Ordinal)
        .Select(other => new Problem(Descriptors.DuplicateQueue, contract, contract.Name, QueueOf(contract), TypeText.WireName(other)));

    private static string NameOf(INamedTypeSymbol contract) => ServiceAttribute.Of(contract)?.Name ?? TypeText.WireName(contract);

    private static string QueueOf(INamedTypeSymbol contract) => ServiceAttribute.Of(contract)?.Queue ?? OwnQueue + NameOf(contract);

    private static bool HasQueue(ContractShape shape) => shape.Methods.Count > 0;

    /// <summary>Behind a Bare queue is one method of a foreign program, which may well be described twice.</summary>
    private static bool IsBare(INamedTypeSymbol contract) => ServiceAttribute.Of(contract)?.IsBare == true;

    /// <summary>One file can be compiled into two projects; that is one contract, twice.</summary>
    private static bool IsSame(INamedTypeSymbol contract, INamedTypeSymbol other) =>
        SymbolEqualityComparer.Default.Equals(contract, other)
        || (!SymbolEqualityComparer.Default.Equals(contract.ContainingAssembly, other.ContainingAssembly) && TypeText.WireName(contract) == TypeText.WireName(other));
}
