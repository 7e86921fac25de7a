using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Rpc.Generator.Model;

namespace Rpc.Generator.Parsing;

/// <summary>
/// Finds the types whose JSON metadata a contract brings: primitives and well-known types, enums, nullable types, tuples and the usual collections,
/// as far as its parameters and results reach. The user's own types are left to the user's contexts.
/// </summary>
internal static class JsonTypeParser
{
    // Collections by full name: the method of RpcJson, and whether that wants the collection's own type before its elements'.
    private static readonly Dictionary<string, (string Factory, bool TakesCollection)> s_collections = new()
    {
        ["System.Collections.Generic.List"] = ("List", false),
        ["System.Collections.Generic.IList"] = ("ListInterface", true),
        ["System.Collections.Generic.ICollection"] = ("CollectionInterface", true),
        ["System.Collections.Generic.IEnumerable"] = ("EnumerableInterface", true),
        ["System.Collections.Generic.IReadOnlyList"] = ("EnumerableInterface", true),
        ["System.Collections.Generic.IReadOnlyCollection"] = ("EnumerableInterface", true),
        ["System.Collections.Generic.HashSet"] = ("HashSet", false),
        ["System.Collections.Generic.ISet"] = ("SetInterface", false),
        ["System.Collections.Generic.Dictionary"] = ("Dictionary", false),
        ["System.Collections.Generic.IDictionary"] = ("DictionaryInterface", false),
        ["System.Collections.Generic.IReadOnlyDictionary"] = ("ReadOnlyDictionaryInterface", false),
    };

    public static IEnumerable<JsonTypeModel> Parse(IEnumerable<MethodShape> methods)
    {
        var found = new Dictionary<string, JsonTypeModel>();
        foreach (var type in methods.SelectMany(Roots))
        {
            Add(type, found);
        }

        return found.Values.OrderBy(static model => model.Type, System.StringComparer.Ordinal);
    }

    /// <summary>The parts of a type, or the type itself, that a contract brings no metadata for.</summary>
    public static IEnumerable<ITypeSymbol> WithoutMetadata(ITypeSymbol type) => Describe(type, TypeText.Runtime(type)) switch
    {
        null => [type],
        { Converter: null } => Parts(type).SelectMany(WithoutMetadata),
        _ => [],
    };

    private static IEnumerable<ITypeSymbol> Roots(MethodShape method)
    {
        var payload = ParameterClassifier.WithoutToken(method.Symbol).Select(static parameter => parameter.Type);
        return method.Result is null ? payload : payload.Concat([method.Result]);
    }

    private static void Add(ITypeSymbol type, Dictionary<string, JsonTypeModel> found)
    {
        var key = TypeText.Runtime(type);
        if (found.ContainsKey(key) || Describe(type, key) is not { } model)
        {
            return;
        }

        found.Add(key, model);
        if (model.Converter is null)
        {
            foreach (var part in Parts(type))
            {
                Add(part, found);
            }
        }
    }

    private static JsonTypeModel? Describe(ITypeSymbol type, string key)
    {
        if (JsonValues.Find(type) is { } value)
        {
            return new JsonTypeModel(key, "Value", "", value.Name + "Converter", default);
        }

        if (type.TypeKind == TypeKind.Enum)
        {
            return new JsonTypeModel(key, "Enum", key, null, default);
        }

        var parts = string.Join(", ", Parts(type).Select(TypeText.Runtime));
        return type switch
        {
            IArrayTypeSymbol { Rank: 1 } => new JsonTypeModel(key, "Array", parts, null, default),
            INamedTypeSymbol { IsTupleType: true, TupleElements: { IsDefaultOrEmpty: false } items } =>
                new JsonTypeModel(key, "Arguments", "", null, new EquatableArray<ArgumentModel>(items.Select(JsonMember.OfTuple))),
            { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } => new JsonTypeModel(key, "Nullable", parts, null, default),
            INamedTypeSymbol { IsGenericType: true } when s_collections.TryGetValue(TypeText.WireName(type), out var collection) =>
                new JsonTypeModel(key, collection.Factory, collection.TakesCollection ? key + ", " + parts : parts, null, default),
            _ => null,
        };
    }

    private static IEnumerable<ITypeSymbol> Parts(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => [array.ElementType],
        INamedTypeSymbol { IsTupleType: true } tuple => tuple.TupleElements.Select(static element => element.Type),
        INamedTypeSymbol named => named.TypeArguments,
        _ => [],
    };
}
