using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Rpc.Generator.Diagnostics;
using Rpc.Generator.Parsing;
using Rpc.Generator.Usage;

namespace Rpc.CodeFixes.Usage;

/// <summary><c>inner.Get(7)</c> becomes <c>inner.Get(7, cancellationToken)</c>.</summary>
internal sealed class PassTokenFix : Fix
{
    public override string Title => "Pass the cancellation token";

    public override ImmutableArray<string> Ids { get; } = ImmutableArray.Create(DiagnosticIds.TokenNotPassedOn);

    public override Task<bool> FitsAsync(FixTarget target) => Task.FromResult(Find(target) is not null);

    public override async Task ApplyAsync(FixTarget target, FixEditor editor)
    {
        if (Find(target) is { } found)
        {
            await editor.ChangeAsync(
                "token",
                found.Call.ArgumentList,
                (list, _) => list.WithArguments(Append(list.Arguments, found.Parameter, found.Token)),
                target.CancellationToken).ConfigureAwait(false);
        }
    }

    private static (InvocationExpressionSyntax Call, IParameterSymbol Parameter, string Token)? Find(FixTarget target) =>
        target.Find<InvocationExpressionSyntax>() is { } call
        && target.Model.GetSymbolInfo(call, target.CancellationToken).Symbol is IMethodSymbol method
        && method.Parameters.FirstOrDefault(ParameterClassifier.IsToken) is { } parameter
        && target.Diagnostic.Properties.TryGetValue(TokenAnalyzer.TokenName, out var token) && token is not null
            ? (call, parameter, token)
            : null;

    /// <summary>Named where its place among the positional arguments is not the next one.</summary>
    private static SeparatedSyntaxList<ArgumentSyntax> Append(SeparatedSyntaxList<ArgumentSyntax> arguments, IParameterSymbol parameter, string token)
    {
        var argument = SyntaxFactory.Argument(SyntaxFactory.IdentifierName(Escaped(token)));
        var isNext = arguments.Count == parameter.Ordinal && arguments.All(static other => other.NameColon is null);
        var added = isNext
            ? argument
            : argument.WithNameColon(SyntaxFactory.NameColon(Escaped(parameter.Name)).WithTrailingTrivia(SyntaxFactory.Space));
        var comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        return SyntaxFactory.SeparatedList(arguments.Concat([added]), arguments.GetSeparators().Concat(Enumerable.Repeat(comma, arguments.Count > 0 ? 1 : 0)));
    }

    private static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
}
