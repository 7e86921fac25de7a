using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Rpc.Generator.Diagnostics;

namespace Rpc.CodeFixes.Contracts;

/// <summary><c>Task Add(ref int x)</c> becomes <c>Task Add(int x)</c>.</summary>
internal sealed class RemoveModifierFix : ParameterFix
{
    public override string Title => "Pass the parameter by value";

    public override ImmutableArray<string> Ids { get; } = ImmutableArray.Create(DiagnosticIds.ByReferenceParameter);

    protected override Task ChangeDeclarationAsync(
        FixTarget target, FixEditor editor, MethodDeclarationSyntax declaration, IParameterSymbol parameter) => editor.ChangeAsync(
            "modifier",
            declaration.ParameterList.Parameters[parameter.Ordinal],
            static (node, _) => WithoutModifiers(node),
            target.CancellationToken);

    protected override Task ChangeCallAsync(FixTarget target, FixEditor editor, ArgumentListSyntax call, IParameterSymbol parameter)
    {
        // What an out argument declares would be used unassigned, and only the author knows what to pass instead.
        var argument = MethodSites.FindArgument(call, parameter);
        return argument is null || argument.RefKindKeyword.IsKind(SyntaxKind.None) || argument.Expression is DeclarationExpressionSyntax
            ? Task.CompletedTask
            : editor.ChangeAsync(
                "modifier",
                argument,
                static (node, _) => node.WithRefKindKeyword(default).WithExpression(
                    node.Expression.WithLeadingTrivia(node.RefKindKeyword.LeadingTrivia.AddRange(Kept(node.RefKindKeyword)))),
                target.CancellationToken);
    }

    private static ParameterSyntax WithoutModifiers(ParameterSyntax node)
    {
        var removed = node.Modifiers.Where(IsByReference).ToArray();
        var trivia = removed.Aggregate(
            default(SyntaxTriviaList), static (kept, token) => kept.AddRange(token.LeadingTrivia).AddRange(Kept(token)));
        var without = node.WithModifiers(SyntaxFactory.TokenList(node.Modifiers.Where(static token => !IsByReference(token))));
        return without.WithLeadingTrivia(trivia.AddRange(without.GetLeadingTrivia()));
    }

    // "scoped" goes too: without a reference there is nothing that it could be said about.
    private static bool IsByReference(SyntaxToken token) => token.Kind()
        is SyntaxKind.RefKeyword or SyntaxKind.InKeyword or SyntaxKind.OutKeyword or SyntaxKind.ReadOnlyKeyword or SyntaxKind.ScopedKeyword;

    /// <summary>Comments behind a removed word stay; the space goes with it.</summary>
    private static SyntaxTriviaList Kept(SyntaxToken token) =>
        SyntaxFactory.TriviaList(token.TrailingTrivia.SkipWhile(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));
}
