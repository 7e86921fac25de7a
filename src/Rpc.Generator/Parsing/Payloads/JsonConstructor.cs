using System.Linq;
using Microsoft.CodeAnalysis;

namespace Rpc.Generator.Parsing.Payloads;

/// <summary>Finds the constructor that System.Text.Json takes.</summary>
internal static class JsonConstructor
{
    /// <summary>Why there is none, or <see langword="null"/>; then what was found, or <see langword="null"/> for one that takes nothing.</summary>
    public static string? FindFault(INamedTypeSymbol type, out IMethodSymbol? constructor)
    {
        constructor = type.InstanceConstructors.FirstOrDefault(JsonAttributes.IsConstructor);

        // A struct is made without a constructor unless one is marked.
        if (constructor is not null || type.IsValueType)
        {
            return null;
        }

        var visible = type.InstanceConstructors.Where(static candidate => candidate.DeclaredAccessibility == Accessibility.Public).ToArray();
        if (visible.Any(static candidate => candidate.Parameters.IsEmpty))
        {
            return null;
        }

        if (visible.Length == 1)
        {
            constructor = visible[0];
            return null;
        }

        // Of another assembly one sees only what is public there, and a constructor that is not may be marked.
        var isKnown = visible.Length > 0 || type.Locations.Any(static location => location.IsInSource);
        return !isKnown ? null
            : visible.Length == 0 ? "has no public constructor; add one, or mark another with [JsonConstructor]"
            : "has several constructors; mark one with [JsonConstructor], or add one that takes nothing";
    }
}
