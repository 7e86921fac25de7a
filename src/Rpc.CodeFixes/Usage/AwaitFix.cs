using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using Rpc.Generator.Diagnostics;

namespace Rpc.CodeFixes.Usage;

/// <summary><c>fib.Fib(30).Result</c> becomes <c>await fib.Fib(30)</c>, where there can be an <c>await</c>.</summary>
internal sealed class AwaitFix : Fix
{
    public override string Title => "Await the call";

    public override ImmutableArray<string> Ids { get; } = ImmutableArray.Create(DiagnosticIds.BlockingCall);

    public override Task<bool> FitsAsync(FixTarget target) =>
        Task.FromResult(target.Find<ExpressionSyntax>() is { } waiting && FindTask(waiting) is not null && CanAwait(waiting));

    public override async Task ApplyAsync(FixTarget target, FixEditor editor)
    {
        if (target.Find<ExpressionSyntax>() is { } waiting)
        {
            await editor.ChangeAsync("await", waiting, static (current, _) => Await(current), target.CancellationToken).ConfigureAwait(false);
        }
    }

    private static SyntaxNode Await(ExpressionSyntax waiting)
    {
        if (FindTask(waiting) is not { } task)
        {
            return waiting;
        }

        var keyword = SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        var awaited = SyntaxFactory.AwaitExpression(keyword, task.WithoutTrivia());
        return SyntaxFactory.ParenthesizedExpression(awaited).WithTriviaFrom(waiting).WithAdditionalAnnotations(Simplifier.Annotation);
    }

    /// <summary>What is waited for; not where a <c>?.</c> stands before it, since there may be nothing to await then.</summary>
    private static ExpressionSyntax? FindTask(ExpressionSyntax waiting)
    {
        var task = waiting switch
        {
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" } result => result.Expression,
            InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax access } => access switch
            {
                { Name.Identifier.ValueText: "Wait" } => access.Expression,
                { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetAwaiter" } awaiter } } =>
                    awaiter.Expression,
                _ => null,
            },
            _ => null,
        };
        return task is null || waiting.Parent is ConditionalAccessExpressionSyntax { WhenNotNull: var after } && after == waiting ? null : task;
    }

    private static bool CanAwait(ExpressionSyntax waiting)
    {
        foreach (var ancestor in waiting.Ancestors())
        {
            switch (ancestor)
            {
                case LockStatementSyntax or CatchFilterClauseSyntax or QueryExpressionSyntax or ConditionalAccessExpressionSyntax or UnsafeStatementSyntax
                    or FixedStatementSyntax:
                    return false;
                case AnonymousFunctionExpressionSyntax function:
                    return function.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword);
                case LocalFunctionStatementSyntax function:
                    return function.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case MemberDeclarationSyntax member:
                    // A top-level statement becomes part of an asynchronous Main.
                    return member is GlobalStatementSyntax || member.Modifiers.Any(SyntaxKind.AsyncKeyword);
                default:
                    break;
            }
        }

        return false;
    }
}
