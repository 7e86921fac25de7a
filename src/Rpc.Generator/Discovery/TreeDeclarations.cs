using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rpc.Generator.Discovery;

/// <summary>Compares what two versions of a file declare. The contents of bodies and of top-level statements are no part of that.</summary>
internal static class TreeDeclarations
{
    // The pipeline keeps the compilation that it has parsed. All files edited since then are compared with that one again on every key: each new
    // version once, and after that it is known by this table. The reference back is weak, or the versions would become a chain that nothing ends.
    private static readonly ConditionalWeakTable<SyntaxTree, StrongBox<WeakReference<SyntaxTree>?>> s_known = new();

    public static bool AreEqual(SyntaxTree old, SyntaxTree @new)
    {
        var known = s_known.GetOrCreateValue(@new);
        if (known.Value is { } reference && reference.TryGetTarget(out var equal) && equal == old)
        {
            return true;
        }

        if (!Compare(old, @new))
        {
            return false;
        }

        known.Value = new WeakReference<SyntaxTree>(old);
        return true;
    }

    private static bool Compare(SyntaxTree old, SyntaxTree @new)
    {
        if (!old.Options.Equals(@new.Options)
            || old.FilePath != @new.FilePath
            || old.GetRoot() is not CompilationUnitSyntax before
            || @new.GetRoot() is not CompilationUnitSyntax after)
        {
            return false;
        }

        return HaveEqualHeads(before, after)
            && HaveEqualNullability(before, after)
            && (SyntaxFactory.AreEquivalent(before, after, topLevel: true) || AreEquivalentWithoutStatements(before, after));
    }

    /// <summary>A comment on top can say that the file is generated, which turns its nullable annotations off.</summary>
    private static bool HaveEqualHeads(CompilationUnitSyntax before, CompilationUnitSyntax after) =>
        before.GetLeadingTrivia().ToFullString() == after.GetLeadingTrivia().ToFullString();

    /// <summary>
    /// Roslyn's own comparison sees where <c>#nullable</c> stands, but neither whether <c>#if</c> has switched it off, nor one in what it leaves out.
    /// </summary>
    private static bool HaveEqualNullability(CompilationUnitSyntax before, CompilationUnitSyntax after)
    {
        if (!before.ContainsDirectives && !after.ContainsDirectives)
        {
            return true;
        }

        var (old, @new) = (NullableDirectives(before), NullableDirectives(after));
        return old.Select(Describe).SequenceEqual(@new.Select(Describe)) && !old.Concat(@new).Any(IsLeftOut);
    }

    private static List<NullableDirectiveTriviaSyntax> NullableDirectives(CompilationUnitSyntax unit)
    {
        var found = new List<NullableDirectiveTriviaSyntax>();
        for (var directive = unit.GetFirstDirective(); directive is not null; directive = directive.GetNextDirective())
        {
            if (directive is NullableDirectiveTriviaSyntax nullable)
            {
                found.Add(nullable);
            }
        }

        return found;
    }

    private static (bool IsActive, SyntaxKind Setting, SyntaxKind Target) Describe(NullableDirectiveTriviaSyntax directive) =>
        (directive.IsActive, directive.SettingToken.Kind(), directive.TargetToken.Kind());

    private static bool IsLeftOut(NullableDirectiveTriviaSyntax directive) =>
        directive.ParentTrivia.Token.Parent is { } parent
        && parent.AncestorsAndSelf().Any(static node => node is EqualsValueClauseSyntax or GlobalStatementSyntax);

    private static bool AreEquivalentWithoutStatements(CompilationUnitSyntax before, CompilationUnitSyntax after) =>
        HasStatements(before) && HasStatements(after)
        && SyntaxFactory.AreEquivalent(WithoutStatements(before), WithoutStatements(after), topLevel: true);

    private static bool HasStatements(CompilationUnitSyntax unit) => unit.Members.Any(SyntaxKind.GlobalStatement);

    private static CompilationUnitSyntax WithoutStatements(CompilationUnitSyntax unit) =>
        unit.WithMembers(SyntaxFactory.List(unit.Members.Where(static member => member is not GlobalStatementSyntax)));
}
