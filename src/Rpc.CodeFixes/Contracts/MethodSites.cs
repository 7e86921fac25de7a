using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;

namespace Rpc.CodeFixes.Contracts;

/// <summary>Finds all that must change with a method of a contract: what declares it, what implements it, what calls it.</summary>
internal static class MethodSites
{
    /// <summary>The method's own declaration, those that implement it, and what overrides them; generated ones left out.</summary>
    public static async Task<IReadOnlyList<MethodDeclarationSyntax>> FindDeclarationsAsync(FixTarget target, IMethodSymbol method)
    {
        var symbols = new List<ISymbol> { method };
        foreach (var implementation in await SymbolFinder
            .FindImplementationsAsync(method, target.Solution, cancellationToken: target.CancellationToken).ConfigureAwait(false))
        {
            symbols.Add(implementation);
            symbols.AddRange(await SymbolFinder
                .FindOverridesAsync(implementation, target.Solution, cancellationToken: target.CancellationToken).ConfigureAwait(false));
        }

        return symbols
            .SelectMany(static symbol => symbol.DeclaringSyntaxReferences)
            .Select(reference => reference.GetSyntax(target.CancellationToken))
            .OfType<MethodDeclarationSyntax>()
            .Where(node => IsWritten(target.Solution, node))
            .Distinct()
            .ToArray();
    }

    /// <summary>The argument lists of the method's calls, also through a class that implements it.</summary>
    public static async Task<IReadOnlyList<ArgumentListSyntax>> FindCallsAsync(FixTarget target, IMethodSymbol method)
    {
        var calls = new List<ArgumentListSyntax>();
        foreach (var reference in (await SymbolFinder.FindReferencesAsync(method, target.Solution, target.CancellationToken).ConfigureAwait(false))
            .SelectMany(static symbol => symbol.Locations)
            .Where(static location => !location.IsImplicit && location.Document is not SourceGeneratedDocument))
        {
            var root = await reference.Document.GetSyntaxRootAsync(target.CancellationToken).ConfigureAwait(false);
            var name = root?.FindNode(reference.Location.SourceSpan, getInnermostNodeForTie: true);
            if (FindInvocation(name) is { } invocation)
            {
                calls.Add(invocation.ArgumentList);
            }
        }

        return calls.Distinct().ToArray();
    }

    /// <summary>The argument for a parameter, or <see langword="null"/> where it is left out.</summary>
    public static ArgumentSyntax? FindArgument(ArgumentListSyntax arguments, IParameterSymbol parameter) =>
        arguments.Arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == parameter.Name)
        ?? (parameter.Ordinal < arguments.Arguments.Count
            && arguments.Arguments.Take(parameter.Ordinal + 1).All(static argument => argument.NameColon is null)
                ? arguments.Arguments[parameter.Ordinal]
                : null);

    public static bool IsWritten(Solution solution, SyntaxNode node) => solution.GetDocument(node.SyntaxTree) is { } document and not SourceGeneratedDocument;

    private static InvocationExpressionSyntax? FindInvocation(SyntaxNode? name)
    {
        var callee = name?.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Name == name => access,
            MemberBindingExpressionSyntax binding => binding,
            _ => name,
        };
        return callee?.Parent is InvocationExpressionSyntax invocation && invocation.Expression == callee ? invocation : null;
    }
}
