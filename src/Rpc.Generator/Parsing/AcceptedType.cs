using Microsoft.CodeAnalysis;

namespace Rpc.Generator.Parsing;

/// <summary>The type of a parameter as its callers see it: attributes can say that it takes null, or does not, against its question mark.</summary>
internal static class AcceptedType
{
    private const string Attributes = "System.Diagnostics.CodeAnalysis";

    public static ITypeSymbol Of(IParameterSymbol parameter) => parameter.Type switch
    {
        { IsReferenceType: false } type => type,
        var type when parameter.HasAttribute(Attributes, "AllowNullAttribute") => type.WithNullableAnnotation(NullableAnnotation.Annotated),
        var type when parameter.HasAttribute(Attributes, "DisallowNullAttribute") => type.WithNullableAnnotation(NullableAnnotation.NotAnnotated),
        var type => type,
    };
}
