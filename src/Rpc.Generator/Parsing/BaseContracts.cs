using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace Rpc.Generator.Parsing;

/// <summary>The bases of a contract that are contracts themselves: their members keep their own route, and a proxy passes calls of them on.</summary>
internal sealed class BaseContracts
{
    private readonly ContractShape[] _shapes;

    private BaseContracts(ContractShape[] shapes) => _shapes = shapes;

    /// <summary>Direct and transitive ones, each once, a derived one before its own bases.</summary>
    public IEnumerable<INamedTypeSymbol> Contracts => _shapes.Select(static shape => shape.Contract);

    // What is known already is passed on, so that a diamond of bases is not gone through once for each of its paths.
    public static BaseContracts Of(INamedTypeSymbol contract, Dictionary<INamedTypeSymbol, ContractShape> known, CancellationToken cancellationToken) => new(
        contract.AllInterfaces
            .Where(static type => !type.IsGenericType && ServiceAttribute.Of(type) is not null)
            .Select(type => ContractClassifier.Classify(type, ServiceAttribute.Of(type)!, known, cancellationToken))
            .ToArray());

    /// <summary>Whether the interface is a contract among the bases, or lifted into one.</summary>
    public bool Have(INamedTypeSymbol declarer) => _shapes.Any(shape =>
        SymbolEqualityComparer.Default.Equals(shape.Contract, declarer) || shape.Contract.AllInterfaces.Contains(declarer, SymbolEqualityComparer.Default));

    /// <summary>The contract whose service has the member; <see langword="null"/> where a base only declares it, with a body.</summary>
    public ContractShape? OwnerOf(ISymbol member) => _shapes.FirstOrDefault(shape =>
        shape.Methods.Any(method => method.Symbols.Contains(member, SymbolEqualityComparer.Default)) || Refusal(shape, member) is not null);

    /// <summary>Why the owner cannot offer the member, or <see langword="null"/> where it can.</summary>
    public static Problem? Refusal(ContractShape owner, ISymbol member) =>
        owner.Unsupported.FirstOrDefault(item => SymbolEqualityComparer.Default.Equals(item.Member, member)).Problem;
}
