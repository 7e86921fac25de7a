using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Rpc.Generator.Discovery;

/// <summary>
/// Takes two compilations for equal where they declare the same, whatever their method bodies do: then no contract can have changed, and the pipeline
/// stops before it has looked at one. In doubt they differ. What does not differ is compared by reference, so that an edit costs what it touches.
/// </summary>
internal sealed class DeclarationComparer : IEqualityComparer<Compilation>
{
    private DeclarationComparer()
    {
    }

    public static DeclarationComparer Instance { get; } = new();

    public bool Equals(Compilation? before, Compilation? after) =>
        ReferenceEquals(before, after)
        || (before is CSharpCompilation old && after is CSharpCompilation @new
            && old.AssemblyName == @new.AssemblyName
            && old.Options.Equals(@new.Options)
            && AreEqual(old.ExternalReferences, @new.ExternalReferences, AreEqual)
            && AreEqual(old.SyntaxTrees, @new.SyntaxTrees, TreeDeclarations.AreEqual));

    public int GetHashCode(Compilation compilation) => StringComparer.Ordinal.GetHashCode(compilation.AssemblyName ?? "");

    /// <summary>An editor references a project by its compilation, which is another one after each edit there.</summary>
    private bool AreEqual(MetadataReference old, MetadataReference @new) =>
        old.Equals(@new)
        || (old is CompilationReference before && @new is CompilationReference after
            && before.Properties.Equals(after.Properties)
            && Equals(before.Compilation, after.Compilation));

    private static bool AreEqual<T>(ImmutableArray<T> old, ImmutableArray<T> @new, Func<T, T, bool> areEqual)
        where T : class
    {
        if (old.Length != @new.Length)
        {
            return false;
        }

        for (var index = 0; index < old.Length; index++)
        {
            if (!ReferenceEquals(old[index], @new[index]) && !areEqual(old[index], @new[index]))
            {
                return false;
            }
        }

        return true;
    }
}
