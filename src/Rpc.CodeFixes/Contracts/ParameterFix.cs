using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rpc.CodeFixes.Contracts;

/// <summary>A fix of one parameter, wherever the method is declared, implemented and called.</summary>
internal abstract class ParameterFix : Fix
{
    public sealed override Task<bool> FitsAsync(FixTarget target) =>
        Task.FromResult(FindParameter(target) is { } found && Fits(found.Parameter, found.Method));

    public sealed override async Task ApplyAsync(FixTarget target, FixEditor editor)
    {
        if (FindParameter(target) is not { } found)
        {
            return;
        }

        foreach (var declaration in await MethodSites.FindDeclarationsAsync(target, found.Method).ConfigureAwait(false))
        {
            if (declaration.ParameterList.Parameters.Count > found.Parameter.Ordinal)
            {
                await ChangeDeclarationAsync(target, editor, declaration, found.Parameter).ConfigureAwait(false);
            }
        }

        foreach (var call in await MethodSites.FindCallsAsync(target, found.Method).ConfigureAwait(false))
        {
            await ChangeCallAsync(target, editor, call, found.Parameter).ConfigureAwait(false);
        }
    }

    protected virtual bool Fits(IParameterSymbol parameter, IMethodSymbol method) => true;

    protected abstract Task ChangeDeclarationAsync(
        FixTarget target, FixEditor editor, MethodDeclarationSyntax declaration, IParameterSymbol parameter);

    protected virtual Task ChangeCallAsync(FixTarget target, FixEditor editor, ArgumentListSyntax call, IParameterSymbol parameter) => Task.CompletedTask;

    /// <summary>Where a method's body says the name of one of its parameters.</summary>
    protected static async Task<IReadOnlyList<IdentifierNameSyntax>> FindUsesAsync(
        FixTarget target, MethodDeclarationSyntax declaration, ParameterSyntax parameter)
    {
        var document = target.Solution.GetDocument(declaration.SyntaxTree)!;
        var model = await document.GetSemanticModelAsync(target.CancellationToken).ConfigureAwait(false);
        var symbol = model?.GetDeclaredSymbol(parameter, target.CancellationToken);
        return declaration.DescendantNodes()
            .OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == parameter.Identifier.ValueText
                && SymbolEqualityComparer.Default.Equals(model?.GetSymbolInfo(name, target.CancellationToken).Symbol, symbol))
            .ToArray();
    }

    private static (IParameterSymbol Parameter, IMethodSymbol Method)? FindParameter(FixTarget target) =>
        target.Find<ParameterSyntax>() is { } node
        && target.Model.GetDeclaredSymbol(node, target.CancellationToken) is IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter
            ? (parameter, method)
            : null;
}
