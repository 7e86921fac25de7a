using System.Linq;
using Microsoft.CodeAnalysis;

namespace Rpc.Generator.Parsing;

/// <summary>
/// The type of a parameter, and whether a method returns one at all, as callers see it: attributes can say something about null against the question mark.
/// </summary>
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

    /// <summary>Whether the compiler sees that what a method returns, the task itself, could be null.</summary>
    public static bool MayReturnNull(IMethodSymbol method) => method.ReturnType.IsReferenceType
        && (method.ReturnType.NullableAnnotation == NullableAnnotation.Annotated
            || method.GetReturnTypeAttributes().Any(static data =>
                data.AttributeClass.Is(Attributes, "MaybeNullAttribute") || data.AttributeClass.Is(Attributes, "NotNullIfNotNullAttribute")));

    /// <summary>Whether it is a nullable value that is never null all the same, which its type cannot say, as there is no other.</summary>
    public static bool IsNeverNull(IParameterSymbol parameter) =>
        parameter.Type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T && parameter.HasAttribute(Attributes, "DisallowNullAttribute");
}
