using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Rpc.Generator.Diagnostics;

namespace Rpc.Generator.Parsing;

/// <summary>Finds tuples with names, which belong to the source and not to the type, so that JSON cannot have them.</summary>
internal static class TupleNames
{
    public static IEnumerable<Problem> Find(IMethodSymbol method)
    {
        foreach (var parameter in ParameterClassifier.WithoutToken(method))
        {
            if (FindNamed(parameter.Type) is { } tuple)
            {
                yield return Report(parameter, parameter.Name, tuple);
            }
        }

        if (FindNamed(method.ReturnType) is { } result)
        {
            yield return Report(method, method.Name, result);
        }
    }

    private static INamedTypeSymbol? FindNamed(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => FindNamed(array.ElementType),
        INamedTypeSymbol { IsTupleType: true } tuple when tuple.TupleElements.Any(static item => item.IsExplicitlyNamedTupleElement) => tuple,
        INamedTypeSymbol named => named.TypeArguments.Select(FindNamed).FirstOrDefault(static found => found is not null),
        _ => null,
    };

    private static Problem Report(ISymbol at, string name, INamedTypeSymbol tuple) => new(
        Descriptors.TupleNames,
        at,
        name,
        string.Join(", ", tuple.TupleElements.Select(static item => $"'{item.Name}'")),
        string.Join(", ", tuple.TupleElements.Select(static (_, index) => $"'Item{index + 1}'")));
}
