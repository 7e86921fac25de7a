using Microsoft.CodeAnalysis;

namespace Rpc.Generator.Diagnostics;

/// <content>Descriptors about what parameters and results are made of, as JSON sees it.</content>
internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor UnknownPayload = new(
        DiagnosticIds.UnknownPayload,
        "Payload type says nothing about its values",
        "'{0}' is of type '{1}', {2}; use a type that says what it holds, or JsonElement where that can be anything",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.UnknownPayload + Page);

    public static readonly DiagnosticDescriptor NoJsonContext = new(
        DiagnosticIds.NoJsonContext,
        "Payload type is in no JsonSerializerContext",
        "'{0}' is of type '{1}', which is in no JsonSerializerContext, and this project is built without reflection; add [JsonSerializable(typeof({1}))] to a context and give that in the options (JsonContexts)",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.NoJsonContext + Page,
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor DroppedMember = new(
        DiagnosticIds.DroppedMember,
        "Payload member is lost",
        "'{0}' {1}, so its value is lost on the way; {2}, or add [JsonIgnore] where it is not to travel",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.DroppedMember + Page);

    public static readonly DiagnosticDescriptor ImpossiblePayload = new(
        DiagnosticIds.ImpossiblePayload,
        "Payload type cannot travel",
        "'{0}' is of type '{1}', which {2}; use data: primitives, strings, enums, dates, records and classes, and arrays, lists, sets and dictionaries of them",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.ImpossiblePayload + Page);
}
