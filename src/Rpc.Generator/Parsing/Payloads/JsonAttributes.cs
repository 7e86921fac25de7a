using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Rpc.Generator.Parsing.Payloads;

/// <summary>System.Text.Json's attributes on types and members.</summary>
internal static class JsonAttributes
{
    private const string Namespace = "System.Text.Json.Serialization";

    // Values of JsonIgnoreCondition. Those after WhenWritingNull ignore one direction.
    private const int Always = 1;
    private const int WhenWritingNull = 3;

    /// <summary>Whether code of the user's writes and reads it, which may do anything.</summary>
    public static bool HasConverter(ISymbol symbol) =>
        symbol.GetAttributes().Any(static data => data.AttributeClass.IsOrDerives(Namespace, "JsonConverterAttribute"));

    public static bool IsIncluded(ISymbol member) => member.HasAttribute(Namespace, "JsonIncludeAttribute");

    /// <summary>Whether the user has said that the member does not travel, or is for whatever else JSON has.</summary>
    public static bool IsIgnored(ISymbol member) =>
        member.HasAttribute(Namespace, "JsonExtensionDataAttribute")
        || (Find(member, "JsonIgnoreAttribute") is { } ignore && Condition(ignore) is Always or > WhenWritingNull);

    public static bool IsConstructor(IMethodSymbol method) => method.HasAttribute(Namespace, "JsonConstructorAttribute");

    /// <summary>Whether what a member holds already is filled instead of replaced.</summary>
    public static bool IsPopulated(ISymbol symbol) =>
        Find(symbol, "JsonObjectCreationHandlingAttribute")?.ConstructorArguments.FirstOrDefault().Value is 1;

    public static IReadOnlyList<INamedTypeSymbol> DerivedTypes(INamedTypeSymbol type) => type.GetAttributes()
        .Where(static data => data.AttributeClass.Is(Namespace, "JsonDerivedTypeAttribute"))
        .Select(static data => data.ConstructorArguments.FirstOrDefault().Value)
        .OfType<INamedTypeSymbol>()
        .ToArray();

    /// <summary>Whether JSON would write a derived type and say nothing by which it is read again.</summary>
    public static bool HasUnmarkedDerivedType(INamedTypeSymbol type) => type.GetAttributes()
        .Any(static data => data.AttributeClass.Is(Namespace, "JsonDerivedTypeAttribute") && data.ConstructorArguments.Length < 2);

    private static int Condition(AttributeData ignore) =>
        ignore.NamedArguments.FirstOrDefault(static argument => argument.Key == "Condition").Value.Value as int? ?? Always;

    private static AttributeData? Find(ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(data => data.AttributeClass.Is(Namespace, name));
}
