using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Rpc.Generator.Diagnostics;

namespace Rpc.CodeFixes.Contracts;

/// <summary>
/// <c>Task Add(CancellationToken token, int x)</c> becomes <c>Task Add(int x, CancellationToken token)</c>. Before <c>params</c> is last enough: nothing
/// goes behind that.
/// </summary>
internal sealed class MoveTokenFix : ParameterFix
{
    public override string Title => "Move the cancellation token last";

    public override ImmutableArray<string> Ids { get; } = ImmutableArray.Create(DiagnosticIds.TokenNotLast);

    protected override Task ChangeDeclarationAsync(
        FixTarget target, FixEditor editor, MethodDeclarationSyntax declaration, IParameterSymbol parameter) => editor.ChangeAsync(
            "token last",
            declaration.ParameterList,
            (list, _) =>
            {
                var own = WithOwnComments(list);
                return own.WithParameters(Move(own.Parameters, parameter.Ordinal, Place(parameter), WithDefault));
            },
            target.CancellationToken);

    protected override Task ChangeCallAsync(FixTarget target, FixEditor editor, ArgumentListSyntax call, IParameterSymbol parameter)
    {
        // Named arguments find their parameters wherever those stand. A positional one moves; where others are left out or named before its new
        // place, it is named too.
        if (MethodSites.FindArgument(call, parameter) is not { NameColon: null })
        {
            return Task.CompletedTask;
        }

        var place = Place(parameter);
        var isComplete = call.Arguments.Count > place && call.Arguments.All(static argument => argument.NameColon is null);
        return editor.ChangeAsync(
            "token last",
            call,
            (list, _) => list.WithArguments(Move(
                list.Arguments,
                parameter.Ordinal,
                isComplete ? place : list.Arguments.Count - 1,
                (token, _) => isComplete ? token : Named(token, parameter.Name))),
            target.CancellationToken);
    }

    private static int Place(IParameterSymbol token)
    {
        var parameters = ((IMethodSymbol)token.ContainingSymbol).Parameters;
        return parameters.Length - (parameters[parameters.Length - 1].IsParams ? 2 : 1);
    }

    private static ArgumentSyntax Named(ArgumentSyntax argument, string name) => argument
        .WithoutLeadingTrivia()
        .WithNameColon(SyntaxFactory.NameColon(SyntaxFactory.IdentifierName(name)).WithTrailingTrivia(SyntaxFactory.Space))
        .WithLeadingTrivia(argument.GetLeadingTrivia());

    /// <summary>Required parameters cannot follow optional ones.</summary>
    private static ParameterSyntax WithDefault(ParameterSyntax token, IEnumerable<ParameterSyntax> others) =>
        token.Default is null && others.Any(static other => other.Default is not null)
            ? token.WithDefault(SyntaxFactory.EqualsValueClause(
                SyntaxFactory.Token(SyntaxKind.EqualsToken).WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space),
                SyntaxFactory.LiteralExpression(SyntaxKind.DefaultLiteralExpression)))
            : token;

    /// <summary>The commas stay where they are, and with them the line breaks behind them.</summary>
    private static SeparatedSyntaxList<T> Move<T>(SeparatedSyntaxList<T> list, int index, int place, System.Func<T, IEnumerable<T>, T> finish)
        where T : SyntaxNode
    {
        var others = list.Where((_, position) => position != index).ToArray();
        var moved = finish(list[index], others);
        return SyntaxFactory.SeparatedList(others.Take(place).Concat([moved]).Concat(others.Skip(place)).Select((node, position) => PlacedAs(node, list[position])), list.GetSeparators());
    }

    /// <summary>Gives a comment between a parenthesis or comma and a parameter to the parameter: to the compiler it belongs to what stands before it.</summary>
    private static ParameterListSyntax WithOwnComments(ParameterListSyntax list)
    {
        var before = new[] { list.OpenParenToken }.Concat(list.Parameters.GetSeparators()).ToArray();
        return list.ReplaceSyntax(
            list.Parameters,
            (parameter, current) => current.WithLeadingTrivia(
                Comments(before[list.Parameters.IndexOf((ParameterSyntax)parameter)]).Concat(current.GetLeadingTrivia())),
            before,
            static (token, current) => Comments(token).Any()
                ? current.WithTrailingTrivia(current.TrailingTrivia.TakeWhile(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)))
                : current,
            null,
            null);
    }

    private static IEnumerable<SyntaxTrivia> Comments(SyntaxToken token) =>
        token.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia)
            ? []
            : token.TrailingTrivia.SkipWhile(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia));

    /// <summary>A place keeps its space and line breaks; comments go with what they are about.</summary>
    private static T PlacedAs<T>(T node, T place)
        where T : SyntaxNode =>
        HasComment(node) || HasComment(place) ? node : node.WithLeadingTrivia(place.GetLeadingTrivia()).WithTrailingTrivia(place.GetTrailingTrivia());

    private static bool HasComment(SyntaxNode node) => node.GetLeadingTrivia().Concat(node.GetTrailingTrivia())
        .Any(static trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia));
}
