using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Rpc.Generator.Parsing;

namespace Rpc.Generator.Usage;

/// <summary>The contracts of other assemblies that a project serves or calls, each with the places where it does.</summary>
internal sealed class ReferencedContracts
{
    private readonly ConcurrentBag<(INamedTypeSymbol Contract, Location At)> _uses = [];

    public bool IsEmpty => _uses.IsEmpty;

    public void Add(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (ContractCall.TakesContract(call.TargetMethod)
            && call.TargetMethod.TypeArguments[0] is INamedTypeSymbol contract
            && ContractCall.IsContract(contract)
            && IsReferenced(contract, context.Compilation.Assembly))
        {
            _uses.Add((contract, ContractCall.LocateTypeArgument(call)));
        }
    }

    /// <summary>Each contract with its bases, and the first place of its use.</summary>
    public IEnumerable<(Location At, IReadOnlyList<ContractShape> Shapes)> Classify(CancellationToken cancellationToken) => _uses
        .GroupBy(static use => use.Contract, static use => use.At, SymbolEqualityComparer.Default)
        .Select(group => (
            group.OrderBy(static at => at.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(static at => at.SourceSpan.Start).First(),
            Classify((INamedTypeSymbol)group.Key!, cancellationToken)));

    /// <summary>The bases of a contract that are contracts of other assemblies, which no one asks about there.</summary>
    public static IEnumerable<ContractShape> BasesOf(ContractShape shape, CancellationToken cancellationToken) => shape.Bases
        .Where(contract => IsReferenced(contract, shape.Contract.ContainingAssembly))
        .Select(contract => ContractClassifier.Classify(contract, ServiceAttribute.Of(contract)!, cancellationToken));

    private static IReadOnlyList<ContractShape> Classify(INamedTypeSymbol contract, CancellationToken cancellationToken)
    {
        var shape = ContractClassifier.Classify(contract, ServiceAttribute.Of(contract)!, cancellationToken);
        return [shape, .. shape.Bases.Select(contract => ContractClassifier.Classify(contract, ServiceAttribute.Of(contract)!, cancellationToken))];
    }

    private static bool IsReferenced(INamedTypeSymbol contract, IAssemblySymbol assembly) =>
        !SymbolEqualityComparer.Default.Equals(contract.ContainingAssembly, assembly);
}
