using Microsoft.CodeAnalysis;

namespace Rpc.Generator.Diagnostics;

/// <content>Descriptors about parameters.</content>
internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor ByReferenceParameter = new(
        DiagnosticIds.ByReferenceParameter,
        "Parameter is passed by reference",
        "'{0}' is passed by '{1}', and arguments travel by value; remove the modifier and return what changes",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.ByReferenceParameter + Page);

    public static readonly DiagnosticDescriptor UnsupportedParameter = new(
        DiagnosticIds.UnsupportedParameter,
        "Parameter has a type that cannot travel",
        "'{0}' is of type '{1}', which cannot travel; use data: primitives, strings, enums, dates, records and classes, and arrays, lists, sets and dictionaries of them",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.UnsupportedParameter + Page);

    public static readonly DiagnosticDescriptor SecondToken = new(
        DiagnosticIds.SecondToken,
        "Method has two cancellation tokens",
        "'{0}' is the second CancellationToken of '{1}'; a method has at most one",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.SecondToken + Page);

    public static readonly DiagnosticDescriptor TokenNotLast = new(
        DiagnosticIds.TokenNotLast,
        "Cancellation token is not last",
        "'{0}' stands before other parameters; the CancellationToken of a method goes last, or before 'params'",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.TokenNotLast + Page);

    public static readonly DiagnosticDescriptor NullableToken = new(
        DiagnosticIds.NullableToken,
        "Cancellation token is nullable",
        "'{0}' is a nullable CancellationToken; write 'CancellationToken {0} = default'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.NullableToken + Page);

    public static readonly DiagnosticDescriptor NoToken = new(
        DiagnosticIds.NoToken,
        "Method has no cancellation token",
        "'{0}' has no CancellationToken, so its caller cannot give up; add 'CancellationToken cancellationToken = default', which changes nothing on the wire",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: false,
        helpLinkUri: Pages + DiagnosticIds.NoToken + Page);

    public static readonly DiagnosticDescriptor OptionalNotLast = new(
        DiagnosticIds.OptionalNotLast,
        "Optional parameter is not last",
        "'{0}' is optional and stands before '{1}', which is not; optional parameters go last, before the CancellationToken",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.OptionalNotLast + Page);

    public static readonly DiagnosticDescriptor Stream = new(
        DiagnosticIds.Stream,
        "Streams are not supported yet",
        "'{0}' is a stream ('{1}'), and streams are not supported yet; pass and return complete values, such as arrays and lists",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.Stream + Page);
}
