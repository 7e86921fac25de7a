using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Rpc.Generator.Parsing.Payloads;

/// <summary>The framework's own types: those that JSON has no form for, and those that it need not be asked about.</summary>
internal static class FrameworkTypes
{
    private static readonly HashSet<string> s_namespaces =
    [
        "System.Data", "System.Diagnostics", "System.Globalization", "System.IO", "System.IO.Pipelines", "System.Net", "System.Net.Http",
        "System.Net.Sockets", "System.Numerics", "System.Reflection", "System.Text.RegularExpressions", "System.Threading", "System.Threading.Channels",
        "System.Threading.Tasks", "System.Xml", "System.Xml.Linq",
    ];

    // Data all the same.
    private static readonly HashSet<string> s_data =
    [
        "System.Net.HttpStatusCode", "System.Numerics.Vector2", "System.Numerics.Vector3", "System.Numerics.Vector4", "System.Numerics.Quaternion",
        "System.Numerics.Plane",
    ];

    /// <summary>Why a type cannot travel, or <see langword="null"/>.</summary>
    public static string? FindFault(ITypeSymbol type) => PayloadClassifier.Classify(type) switch
    {
        PayloadKind.Stream => "is a stream",
        PayloadKind.Task => "is awaited, not sent",
        PayloadKind.Impossible => "is not data",
        _ when type.IsOrDerives("System", "Exception") => "is an exception",
        _ when type is INamedTypeSymbol named && IsOne(named) && IsWithoutForm(named) => "has no form in JSON",
        _ => null,
    };

    /// <summary>Whether a type comes with the framework, so that the user can do nothing about it.</summary>
    public static bool IsOne(INamedTypeSymbol type) =>
        Root(type.ContainingNamespace) is "System" or "Microsoft" && !type.Locations.Any(static location => location.IsInSource);

    private static bool IsWithoutForm(INamedTypeSymbol type) =>
        type.Is("System", "TimeZoneInfo") || type.Is("System", "Index") || type.Is("System", "Range") || type.Is("System.Text", "StringBuilder")
        || (s_namespaces.Contains(type.ContainingNamespace.ToDisplayString()) && !s_data.Contains(TypeText.WireName(type)));

    private static string Root(INamespaceSymbol @namespace)
    {
        var root = @namespace;
        while (root is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
        {
            root = root.ContainingNamespace;
        }

        return root.Name;
    }
}
