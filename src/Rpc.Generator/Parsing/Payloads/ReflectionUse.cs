using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Rpc.Generator.Parsing.Payloads;

/// <summary>
/// Whether the project is built without reflection, by the MSBuild properties that <c>build/Rpc.Abstractions.props</c> makes visible to the compiler.
/// </summary>
internal static class ReflectionUse
{
    private static readonly string[] s_without = ["PublishTrimmed", "IsTrimmable", "IsAotCompatible"];

    /// <summary>How grave it is that a type needs reflection; <see langword="null"/> where it may.</summary>
    public static DiagnosticSeverity? SeverityOf(AnalyzerConfigOptions options) =>
        Is(options, "PublishAot", "true") ? DiagnosticSeverity.Error
        : Array.Exists(s_without, property => Is(options, property, "true")) || Is(options, "JsonSerializerIsReflectionEnabledByDefault", "false") ? DiagnosticSeverity.Warning
        : null;

    private static bool Is(AnalyzerConfigOptions options, string property, string value) =>
        options.TryGetValue("build_property." + property, out var found) && string.Equals(found.Trim(), value, StringComparison.OrdinalIgnoreCase);
}
