using System;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Rpc.Generator.Parsing;

/// <summary>A parameter's default value as C#.</summary>
internal static class DefaultValue
{
    public static string? Of(IParameterSymbol parameter)
    {
        if (parameter.IsParams)
        {
            return "[]";
        }

        // [Optional] alone means the default of the type, for callers in C# as on the wire.
        return parameter.HasExplicitDefaultValue ? Format(parameter.Type, parameter.ExplicitDefaultValue)
            : parameter.IsOptional ? "default"
            : null;
    }

    private static string Format(ITypeSymbol type, object? value) => value switch
    {
        null => "default",
        double.NaN => "double.NaN",
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        float.NaN => "float.NaN",
        float.PositiveInfinity => "float.PositiveInfinity",
        float.NegativeInfinity => "float.NegativeInfinity",

        // "R" is the shortest form that reads back as the same number, but for a few numbers on .NET Framework, where an editor may run this.
        double number => Exact(number.ToString("R", CultureInfo.InvariantCulture), number) + "D",
        float number => number.ToString("G9", CultureInfo.InvariantCulture) + "F",
        decimal number => number.ToString(CultureInfo.InvariantCulture) + "M",
        DateTime date => $"new global::System.DateTime({date.Ticks.ToString(CultureInfo.InvariantCulture)}L)",
        _ when EnumOf(type) is { } @enum => $"({TypeText.Runtime(@enum)})({Primitive(value)})",
        _ => Primitive(value),
    };

    private static string Primitive(object value) => SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false);

    private static string Exact(string shortest, double number) =>
        double.Parse(shortest, CultureInfo.InvariantCulture).Equals(number) ? shortest : number.ToString("G17", CultureInfo.InvariantCulture);

    private static ITypeSymbol? EnumOf(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Enum } => type,
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable => EnumOf(nullable.TypeArguments[0]),
        _ => null,
    };
}
