using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Rpc.Generator.Parsing.Payloads;

/// <summary>A class or struct as System.Text.Json sees it without special options.</summary>
/// <param name="Members">Its members.</param>
/// <param name="Fault">Why no object can be made of what arrives, or <see langword="null"/>.</param>
internal sealed record JsonObject(IReadOnlyList<JsonObjectMember> Members, string? Fault)
{
    public static JsonObject Of(INamedTypeSymbol type)
    {
        var candidates = Candidates(type).ToArray();
        var fault = JsonConstructor.FindFault(type, out var constructor);
        fault ??= constructor?.Parameters
            .Where(parameter => !candidates.Any(member => IsSetBy(member, parameter)))
            .Select(static parameter => $"has a constructor whose parameter '{parameter.Name}' has no property of the same name and type")
            .FirstOrDefault();
        return new JsonObject(
            fault is null ? candidates.Where(static member => !JsonAttributes.IsIgnored(member)).Select(member => Describe(member, constructor)).ToArray() : [],
            fault);
    }

    /// <summary>Public and included members, those of bases too; of hidden and overridden ones the most derived.</summary>
    public static IEnumerable<ISymbol> Candidates(INamedTypeSymbol type)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var candidate = type; candidate is not null && !FrameworkTypes.IsOne(candidate); candidate = candidate.BaseType)
        {
            foreach (var member in candidate.GetMembers().Where(IsCandidate).Where(member => names.Add(member.Name)))
            {
                yield return member;
            }
        }
    }

    private static bool IsCandidate(ISymbol member) =>
        member is { IsStatic: false, IsImplicitlyDeclared: false }
            and (IPropertySymbol { IsIndexer: false, GetMethod: not null, ExplicitInterfaceImplementations.IsEmpty: true } or IFieldSymbol)
        && (member.DeclaredAccessibility == Accessibility.Public || JsonAttributes.IsIncluded(member));

    private static JsonObjectMember Describe(ISymbol member, IMethodSymbol? constructor)
    {
        var isIncluded = JsonAttributes.IsIncluded(member);
        var isConstructed = constructor?.Parameters.Any(parameter => IsSetBy(member, parameter)) == true;
        if (member is IFieldSymbol field)
        {
            return new JsonObjectMember(
                field,
                field.Type,
                IsRead: true,
                field.IsReadOnly && !isConstructed ? ("is a readonly field and no parameter of the constructor", "make it a property that can be set") : null);
        }

        var property = (IPropertySymbol)member;
        var isSet = property.SetMethod is { } setter
            ? setter.DeclaredAccessibility == Accessibility.Public || isIncluded
            : isIncluded && !IsInSource(property.ContainingType); // another assembly's private setter is not seen
        isSet = isSet
            || JsonAttributes.IsPopulated(property)
            || JsonAttributes.IsPopulated(property.ContainingType)
            || isConstructed;
        var isGotten = property.GetMethod!.DeclaredAccessibility == Accessibility.Public || isIncluded;

        // Without a field of its own a property is computed, here and there alike.
        return new JsonObjectMember(
            property,
            property.Type,
            isSet,
            !isSet && (property.SetMethod is not null || HasField(property))
                ? ("has no public setter and no parameter of the constructor", "make it a property that can be set, or one that the constructor sets, or add [JsonInclude]")
            : !isGotten ? ("has no public getter", "give it one, or add [JsonInclude]")
            : null);
    }

    private static bool IsSetBy(ISymbol member, IParameterSymbol parameter)
    {
        var type = member is IFieldSymbol field ? field.Type : ((IPropertySymbol)member).Type;
        return string.Equals(member.Name, parameter.Name, StringComparison.OrdinalIgnoreCase)
            && SymbolEqualityComparer.Default.Equals(type, parameter.Type);
    }

    /// <summary>
    /// Whether it holds a value itself. Fields of another assembly are not seen, but that the compiler wrote the getter is, and where all constructors
    /// are hidden, too, one of them may set it.
    /// </summary>
    public static bool HasField(IPropertySymbol property)
    {
        var type = property.ContainingType;
        return IsInSource(type)
            ? type.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property))
            : property.GetMethod?.HasAttribute("System.Runtime.CompilerServices", "CompilerGeneratedAttribute") == true
                && type.InstanceConstructors.Any(static constructor => constructor.DeclaredAccessibility == Accessibility.Public);
    }

    private static bool IsInSource(INamedTypeSymbol type) => type.Locations.Any(static location => location.IsInSource);
}
