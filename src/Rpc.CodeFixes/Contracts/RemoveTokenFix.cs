using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Rpc.Generator.Diagnostics;
using Rpc.Generator.Parsing;

namespace Rpc.CodeFixes.Contracts;

/// <summary>Removes every cancellation token but the first; a body that used another uses the first.</summary>
internal sealed class RemoveTokenFix : ParameterFix
{
    public override string Title => "Remove the second cancellation token";

    public override ImmutableArray<string> Ids { get; } = ImmutableArray.Create(DiagnosticIds.SecondToken);

    protected override async Task ChangeDeclarationAsync(
        FixTarget target, FixEditor editor, MethodDeclarationSyntax declaration, IParameterSymbol parameter)
    {
        var parameters = declaration.ParameterList.Parameters;
        var kept = parameters[((IMethodSymbol)parameter.ContainingSymbol).Parameters.First(ParameterClassifier.IsToken).Ordinal].Identifier;
        foreach (var use in await FindUsesAsync(target, declaration, parameters[parameter.Ordinal]).ConfigureAwait(false))
        {
            await editor.ChangeAsync(
                "token",
                use,
                (current, _) => current.WithIdentifier(SyntaxFactory.Identifier(kept.Text).WithTriviaFrom(current.Identifier)),
                target.CancellationToken).ConfigureAwait(false);
        }

        await editor.RemoveAsync(parameters[parameter.Ordinal], target.CancellationToken).ConfigureAwait(false);
    }

    protected override Task ChangeCallAsync(FixTarget target, FixEditor editor, ArgumentListSyntax call, IParameterSymbol parameter) =>
        MethodSites.FindArgument(call, parameter) is { } argument ? editor.RemoveAsync(argument, target.CancellationToken) : Task.CompletedTask;
}
