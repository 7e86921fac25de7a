using Microsoft.CodeAnalysis;

namespace Rpc.Generator.Diagnostics;

/// <content>Descriptors about names and options on the wire, and the generator itself.</content>
internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor WireName = new(
        DiagnosticIds.WireName,
        "Name cannot be used on the wire",
        "'{0}' has the {1} '{2}', which {3}; use a short name without '/' and control characters, such as 'Shop.Orders'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.WireName + Page);

    public static readonly DiagnosticDescriptor Timeout = new(
        DiagnosticIds.Timeout,
        "Timeout is not positive",
        "'{0}' has a TimeoutMs of {1}, which is ignored; it is a number of milliseconds above 0",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.Timeout + Page);

    public static readonly DiagnosticDescriptor GeneratorFailure = new(
        DiagnosticIds.GeneratorFailure,
        "The generator failed",
        "No code was generated for '{0}', because the generator failed: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.GeneratorFailure + Page);
}
