using Microsoft.CodeAnalysis;
using Rpc.Generator.Model;

namespace Rpc.Generator.Parsing;

/// <summary>Makes the model of one member of a JSON object.</summary>
internal static class JsonMember
{
    public static ArgumentModel OfParameter(IParameterSymbol parameter, string property)
    {
        var type = AcceptedType.Of(parameter);
        return new ArgumentModel(
            parameter.Name,
            property,
            TypeText.Declared(type),
            Codec(type),
            DefaultValue.Of(parameter),
            RejectsNull(type) || AcceptedType.IsNeverNull(parameter),
            type.IsReferenceType && type.NullableAnnotation != NullableAnnotation.Annotated,
            AcceptedType.IsNeverNull(parameter));
    }

    /// <summary>
    /// Names of items and their <c>?</c> are not part of a tuple's type, and one converter serves all tuples of a type: so in JSON the items
    /// are Item1, Item2 and so on, and may be null, as elements of a list may.
    /// </summary>
    public static ArgumentModel OfTuple(IFieldSymbol item, int index) => new(
        $"Item{index + 1}",
        $"Item{index + 1}",
        TypeText.Runtime(item.Type),
        Codec(item.Type),
        Default: null,
        item.Type.IsValueType && RejectsNull(item.Type),
        ForgivesNull: item.Type.IsReferenceType,
        IsNeverNull: false);

    private static JsonCodec Codec(ITypeSymbol type) => JsonValues.Find(type) ?? new JsonCodec(JsonForm.Metadata, "");

    /// <summary>A reference type says no to null only where its file has nullable annotations on.</summary>
    private static bool RejectsNull(ITypeSymbol type) => type.IsValueType
        ? type.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T && !CanBeNull(type)
        : type.NullableAnnotation == NullableAnnotation.NotAnnotated;

    /// <summary>The value types whose JSON can be null: an empty element, and memory.</summary>
    private static bool CanBeNull(ITypeSymbol type) =>
        type.Is("System.Text.Json", "JsonElement") || type.Is("System", "Memory", 1) || type.Is("System", "ReadOnlyMemory", 1);
}
