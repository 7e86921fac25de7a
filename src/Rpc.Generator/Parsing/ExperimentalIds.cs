using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Rpc.Generator.Parsing;

/// <summary>
/// Finds the ids of <c>[Experimental]</c> on everything that generated code mentions. Using such a thing is an error of that id, which is the
/// user's to accept where the contract is written, and nothing that code generated from it could decide.
/// </summary>
internal static class ExperimentalIds
{
    public static IEnumerable<string> Of(ContractShape shape)
    {
        var members = shape.Methods.Select(static method => (ISymbol)method.Symbol).Concat(shape.Unsupported.Select(static item => item.Member));
        return members.Concat(shape.Forwarded.Select(static item => item.Method)).SelectMany(Mentioned).Concat(Named(shape.Contract))
            .Select(Id)
            .OfType<string>()
            .Distinct()
            .OrderBy(static id => id, StringComparer.Ordinal);
    }

    private static IEnumerable<ISymbol> Mentioned(ISymbol member)
    {
        var types = member switch
        {
            IMethodSymbol method => method.Parameters.Select(static parameter => parameter.Type).Concat([method.ReturnType]),
            IPropertySymbol property => property.Parameters.Select(static parameter => parameter.Type).Concat([property.Type]),
            IEventSymbol @event => [@event.Type],
            _ => [],
        };
        return types.SelectMany(Named).Concat(Named(member.ContainingType)).Concat([member]);
    }

    /// <summary>A type, the types around it, those inside it, and their assembly, which can be experimental as a whole.</summary>
    private static IEnumerable<ISymbol> Named(ITypeSymbol? type) => type switch
    {
        null => [],
        IArrayTypeSymbol array => Named(array.ElementType),
        IPointerTypeSymbol pointer => Named(pointer.PointedAtType),
        INamedTypeSymbol named => new ISymbol?[] { named, named.ContainingAssembly }
            .OfType<ISymbol>()
            .Concat(named.TypeArguments.SelectMany(Named))
            .Concat(Named(named.ContainingType)),
        _ => [],
    };

    private static string? Id(ISymbol symbol) => symbol.GetAttributes()
        .FirstOrDefault(static data => data.AttributeClass.Is("System.Diagnostics.CodeAnalysis", "ExperimentalAttribute"))?
        .ConstructorArguments.FirstOrDefault().Value as string;
}
