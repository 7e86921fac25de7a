using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace Rpc.CodeFixes.Contracts;

/// <summary>Makes a body that returned a value, or nothing, return a task that has ended.</summary>
internal sealed class TaskBody(FixTarget target, FixEditor editor, MethodDeclarationSyntax declaration, SemanticModel model)
{
    private readonly bool _isVoid = model.GetDeclaredSymbol(declaration, target.CancellationToken) is { ReturnsVoid: true };

    public async Task ChangeAsync()
    {
        if (declaration.ExpressionBody is { } arrow)
        {
            await ChangeArrowAsync(arrow).ConfigureAwait(false);
        }
        else if (declaration.Body is { } body)
        {
            // Before the statements inside, which the editor keeps track of in the block's new version.
            if (_isVoid && model.AnalyzeControlFlow(body) is { Succeeded: true, EndPointIsReachable: true })
            {
                await editor.ChangeAsync(
                    "return",
                    body,
                    (block, generator) => block.AddStatements(
                        (StatementSyntax)generator.ReturnStatement(TaskSyntax.Completed(generator, model.Compilation))
                            .WithAdditionalAnnotations(Formatter.Annotation)),
                    target.CancellationToken).ConfigureAwait(false);
            }

            foreach (var statement in Returns(body))
            {
                await ChangeReturnAsync(statement).ConfigureAwait(false);
            }
        }
    }

    private Task ChangeArrowAsync(ArrowExpressionClauseSyntax arrow) => arrow.Expression switch
    {
        ThrowExpressionSyntax => Task.CompletedTask,
        var value when !_isVoid => ChangeValueAsync(value),

        // void M() => Do();  becomes a block that does it and returns.
        _ => editor.ChangeAsync(
            "return",
            declaration,
            (method, generator) => method.ExpressionBody is not { } current
                ? method
                : method.WithExpressionBody(null).WithSemicolonToken(default).WithBody(SyntaxFactory.Block(
                    SyntaxFactory.ExpressionStatement(current.Expression.WithoutTrivia()),
                    (StatementSyntax)generator.ReturnStatement(TaskSyntax.Completed(generator, model.Compilation)))
                    .WithAdditionalAnnotations(Formatter.Annotation))
                    .WithTrailingTrivia(method.GetTrailingTrivia()),
            target.CancellationToken),
    };

    private Task ChangeReturnAsync(ReturnStatementSyntax statement) => statement.Expression is { } value
        ? ChangeValueAsync(value)
        : editor.ChangeAsync(
            "return",
            statement,
            (current, generator) => current
                .WithReturnKeyword(current.ReturnKeyword.WithTrailingTrivia(SyntaxFactory.Space))
                .WithExpression(TaskSyntax.Completed(generator, model.Compilation)),
            target.CancellationToken);

    private Task ChangeValueAsync(ExpressionSyntax value)
    {
        var type = model.GetTypeInfo(value, target.CancellationToken);
        var isExact = type.Type is not null && SymbolEqualityComparer.IncludeNullability.Equals(
            type.Type, model.GetDeclaredSymbol(declaration, target.CancellationToken)?.ReturnType);
        return editor.ChangeAsync(
            "return",
            value,
            (current, generator) => TaskSyntax.FromResult(generator, model.Compilation, current, isExact ? null : declaration.ReturnType),
            target.CancellationToken);
    }

    private static IEnumerable<ReturnStatementSyntax> Returns(BlockSyntax body) => body
        .DescendantNodes(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
        .OfType<ReturnStatementSyntax>();
}
