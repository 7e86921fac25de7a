using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Rpc.Generator.Parsing.Payloads;

/// <summary>A type that JSON has as an array, or as an object with arbitrary keys.</summary>
/// <param name="Element">The elements' type, that of the values in a dictionary; <see langword="null"/> where it has none.</param>
/// <param name="Fault">Why it cannot travel, or <see langword="null"/>.</param>
internal sealed record JsonCollection(ITypeSymbol? Element, string? Fault)
{
    private const string Generic = "System.Collections.Generic";

    /// <summary>The type as a collection, or <see langword="null"/> where it is none.</summary>
    public static JsonCollection? Of(INamedTypeSymbol type)
    {
        if ((Find(type, "IDictionary", 2) ?? Find(type, "IReadOnlyDictionary", 2)) is { } dictionary)
        {
            var key = dictionary.TypeArguments[0];
            return new JsonCollection(
                dictionary.TypeArguments[1],
                CanBeKey(key) ? FindFault(type) : $"has keys of type '{key.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}', and the keys of a JSON object are text");
        }

        if (Find(type, "IEnumerable", 1) is { } sequence)
        {
            return new JsonCollection(sequence.TypeArguments[0], FindFault(type));
        }

        return type.Is("System.Collections", "IEnumerable") || type.AllInterfaces.Any(static one => one.Is("System.Collections", "IEnumerable"))
            ? new JsonCollection(null, null)
            : null;
    }

    /// <summary>What a collection of the user's own holds besides, which JSON has no place for.</summary>
    public static IEnumerable<ISymbol> StateBesideElements(INamedTypeSymbol type) => JsonObject.Candidates(type).Where(static member =>
        !JsonAttributes.IsIgnored(member)
        && (member is IFieldSymbol || (member is IPropertySymbol property && (property.SetMethod is { DeclaredAccessibility: Accessibility.Public } || JsonObject.HasField(property)))));

    private static INamedTypeSymbol? Find(INamedTypeSymbol type, string name, int arity) =>
        new[] { type }.Concat(type.AllInterfaces).FirstOrDefault(candidate => candidate.Is(Generic, name, arity));

    /// <summary>A collection of the user's own is made empty and then filled.</summary>
    private static string? FindFault(INamedTypeSymbol type)
    {
        if (type.IsAbstract && !FrameworkTypes.IsOne(type))
        {
            return "is a collection that cannot be made, an interface or abstract";
        }

        if (DerivesFromFramework(type))
        {
            return null;
        }

        var canAdd = Find(type, "ICollection", 1) is not null || type.AllInterfaces.Any(static one => one.Is("System.Collections", "IList"));
        return !canAdd ? "is a collection to which nothing can be added; implement ICollection<T>"
            : !type.IsValueType && !type.InstanceConstructors.Any(static constructor => constructor.Parameters.IsEmpty && constructor.DeclaredAccessibility == Accessibility.Public)
                ? "is a collection without a public constructor that takes nothing"
                : null;
    }

    private static bool DerivesFromFramework(INamedTypeSymbol type)
    {
        for (var candidate = type; candidate is { SpecialType: not SpecialType.System_Object and not SpecialType.System_ValueType }; candidate = candidate.BaseType)
        {
            if (FrameworkTypes.IsOne(candidate))
            {
                return true;
            }
        }

        return false;
    }

    private static bool CanBeKey(ITypeSymbol type) => type.TypeKind is TypeKind.Enum or TypeKind.TypeParameter
        || JsonAttributes.HasConverter(type)
        || (JsonValues.Find(type) is { } codec
            && !codec.Name.StartsWith("Json", System.StringComparison.Ordinal)
            && codec.Name is not ("ByteArray" or "MemoryByte" or "ReadOnlyMemoryByte"));
}
