using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Rpc.Generator.Diagnostics;
using Rpc.Generator.Parsing;

namespace Rpc.CodeFixes.Contracts;

/// <summary><c>int Count()</c> becomes <c>Task&lt;int&gt; Count()</c>, <c>void Cancel()</c> becomes <c>Task Cancel()</c>, and what implements them follows.</summary>
internal class ReturnTaskFix : Fix
{
    public override string Title => "Return a task";

    public override ImmutableArray<string> Ids { get; } = ImmutableArray.Create(DiagnosticIds.UnsupportedReturn, DiagnosticIds.VoidReturn);

    /// <summary>A result that cannot travel cannot travel in a task either.</summary>
    public override Task<bool> FitsAsync(FixTarget target) => Task.FromResult(
        FindMethod(target) is { ReturnsByRef: false, ReturnsByRefReadonly: false } method
        && (method.ReturnsVoid || PayloadClassifier.Classify(method.ReturnType) == PayloadKind.Value));

    public override async Task ApplyAsync(FixTarget target, FixEditor editor)
    {
        if (FindMethod(target) is not { } method)
        {
            return;
        }

        foreach (var declaration in await MethodSites.FindDeclarationsAsync(target, method).ConfigureAwait(false))
        {
            var document = target.Solution.GetDocument(declaration.SyntaxTree)!;
            if (await document.GetSemanticModelAsync(target.CancellationToken).ConfigureAwait(false) is { } model && !IsIterator(declaration))
            {
                await ChangeReturnTypeAsync(target, editor, declaration, model).ConfigureAwait(false);
                if (!declaration.Modifiers.Any(SyntaxKind.AsyncKeyword))
                {
                    await new TaskBody(target, editor, declaration, model).ChangeAsync().ConfigureAwait(false);
                }
            }
        }
    }

    protected static IMethodSymbol? FindMethod(FixTarget target) => target.Find<MethodDeclarationSyntax>() is { } declaration
        ? target.Model.GetDeclaredSymbol(declaration, target.CancellationToken)
        : null;

    private static Task ChangeReturnTypeAsync(FixTarget target, FixEditor editor, MethodDeclarationSyntax declaration, SemanticModel model)
    {
        var isVoid = declaration.ReturnType is PredefinedTypeSyntax predefined && predefined.Keyword.IsKind(SyntaxKind.VoidKeyword);
        return editor.ChangeAsync(
            "task",
            declaration.ReturnType,
            (current, generator) => TaskSyntax.TaskOf(generator, model.Compilation, isVoid ? null : current).WithTriviaFrom(current),
            target.CancellationToken);
    }

    private static bool IsIterator(MethodDeclarationSyntax declaration) => declaration
        .DescendantNodes(static node => node is not (LambdaExpressionSyntax or LocalFunctionStatementSyntax))
        .Any(static node => node is YieldStatementSyntax);
}
