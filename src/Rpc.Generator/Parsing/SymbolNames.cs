using System.Linq;
using Microsoft.CodeAnalysis;

namespace Rpc.Generator.Parsing;

/// <summary>Recognises types by name, so that nothing depends on which assembly a target framework keeps them in.</summary>
internal static class SymbolNames
{
    public static bool Is(this ITypeSymbol? type, string @namespace, string name, int arity = 0) =>
        type is INamedTypeSymbol { ContainingType: null } named
        && named.Name == name
        && named.Arity == arity
        && named.ContainingNamespace.ToDisplayString() == @namespace;

    /// <summary>Whether the type is this one or derives from it.</summary>
    public static bool IsOrDerives(this ITypeSymbol? type, string @namespace, string name)
    {
        for (var candidate = type; candidate is not null; candidate = candidate.BaseType)
        {
            if (candidate.Is(@namespace, name))
            {
                return true;
            }
        }

        return false;
    }

    public static bool HasAttribute(this ISymbol symbol, string @namespace, string name) =>
        symbol.GetAttributes().Any(data => data.AttributeClass.Is(@namespace, name));
}
