using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Rpc.Generator.Parsing;

/// <summary>Goes through the types of those referenced assemblies that can have what is looked for, which keeps the framework out.</summary>
internal static class ReferencedTypes
{
    /// <summary>All types of the assemblies that use the given one.</summary>
    public static IEnumerable<INamedTypeSymbol> Using(Compilation compilation, string assembly) => compilation.SourceModule.ReferencedAssemblySymbols
        .Where(candidate => !IsFramework(candidate.Name) && candidate.Modules.Any(module => module.ReferencedAssemblies.Any(used => used.Name == assembly)))
        .SelectMany(static candidate => Types(candidate.GlobalNamespace));

    /// <summary>All types, nested ones too.</summary>
    public static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container) => container.GetMembers().SelectMany(static member => member switch
    {
        INamedTypeSymbol type => new[] { type }.Concat(Types(type)),
        INamespaceSymbol @namespace => Types(@namespace),
        _ => [],
    });

    private static bool IsFramework(string name) =>
        name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal);
}
