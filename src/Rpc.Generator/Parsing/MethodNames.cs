using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Rpc.Generator.Diagnostics;

namespace Rpc.Generator.Parsing;

/// <summary>Tells which of a contract's methods are one call, and sees that the others differ in their wire names.</summary>
internal static class MethodNames
{
    public static void Check(ContractShape shape)
    {
        var kept = new List<MethodShape>();
        foreach (var method in shape.Methods)
        {
            if (kept.FirstOrDefault(earlier => HasSameSignature(earlier.Symbol, method.Symbol)) is { } same)
            {
                Merge(shape, same, method);
            }
            else if (kept.FirstOrDefault(earlier => HasSameWireName(earlier, method)) is { } other)
            {
                Refuse(shape, method, other.Symbol.Name == method.Symbol.Name
                    ? new Problem(Descriptors.UnnamedOverload, method.Symbol, method.Symbol.Name, method.WireName)
                    : new Problem(Descriptors.DuplicateMethodName, method.Symbol, method.Symbol.Name, method.WireName, other.Symbol.Name));
            }
            else
            {
                kept.Add(method);
            }
        }

        shape.Methods.Clear();
        shape.Methods.AddRange(kept);
    }

    /// <summary>A method that hides a base's, or that two bases have, is one call under one name.</summary>
    private static void Merge(ContractShape shape, MethodShape kept, MethodShape same)
    {
        var agrees = SymbolEqualityComparer.Default.Equals(kept.Symbol.ReturnType, same.Symbol.ReturnType)
            && (same.Attribute.Name is null || same.WireName == kept.WireName);
        if (agrees)
        {
            kept.Symbols.Add(same.Symbol);
        }
        else
        {
            Refuse(shape, same, new Problem(Descriptors.ConflictingMethods, same.Symbol, Show(kept.Symbol), Show(same.Symbol)));
        }
    }

    private static void Refuse(ContractShape shape, MethodShape method, Problem problem)
    {
        shape.Problems.Add(problem);
        shape.Unsupported.Add((method.Symbol, problem));
    }

    private static bool HasSameWireName(MethodShape left, MethodShape right) =>
        string.Equals(left.WireName, right.WireName, StringComparison.OrdinalIgnoreCase);

    private static bool HasSameSignature(IMethodSymbol left, IMethodSymbol right) =>
        left.Name == right.Name
        && left.Parameters.Select(static parameter => parameter.Type)
            .SequenceEqual(right.Parameters.Select(static parameter => parameter.Type), SymbolEqualityComparer.Default);

    private static string Show(IMethodSymbol method) => $"{method.ContainingType.Name}.{method.Name}";
}
