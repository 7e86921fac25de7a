using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Rpc.Generator.Diagnostics;

namespace Rpc.CodeFixes.Contracts;

/// <summary><c>CancellationToken? token = null</c> becomes <c>CancellationToken token = default</c>.</summary>
internal sealed class NonNullableTokenFix : ParameterFix
{
    public override string Title => "Make it a CancellationToken that is not nullable";

    public override ImmutableArray<string> Ids { get; } = ImmutableArray.Create(DiagnosticIds.NullableToken);

    protected override async Task ChangeDeclarationAsync(
        FixTarget target, FixEditor editor, MethodDeclarationSyntax declaration, IParameterSymbol parameter)
    {
        var node = declaration.ParameterList.Parameters[parameter.Ordinal];
        await editor.ChangeAsync("token", node, static (current, _) => NonNullable(current), target.CancellationToken).ConfigureAwait(false);
        foreach (var use in await FindUsesAsync(target, declaration, node).ConfigureAwait(false))
        {
            if (FindUnwrapping(use) is { } unwrapping)
            {
                await editor.ChangeAsync(
                    "token", unwrapping, (current, _) => use.WithTriviaFrom(current), target.CancellationToken).ConfigureAwait(false);
            }
        }
    }

    protected override Task ChangeCallAsync(FixTarget target, FixEditor editor, ArgumentListSyntax call, IParameterSymbol parameter) =>
        MethodSites.FindArgument(call, parameter)?.Expression is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression } literal
            ? editor.ChangeAsync("token", literal, static (current, _) => Default().WithTriviaFrom(current), target.CancellationToken)
            : Task.CompletedTask;

    private static ParameterSyntax NonNullable(ParameterSyntax parameter)
    {
        var type = parameter.Type switch
        {
            NullableTypeSyntax nullable => nullable.ElementType,
            _ => parameter.Type?.DescendantNodes().OfType<TypeArgumentListSyntax>().FirstOrDefault()?.Arguments.FirstOrDefault(),
        };
        var changed = type is null ? parameter : parameter.WithType(type.WithTriviaFrom(parameter.Type!));
        return changed.Default?.Value is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression } value
            ? changed.WithDefault(changed.Default.WithValue(Default().WithTriviaFrom(value)))
            : changed;
    }

    /// <summary>What a body did to get at the token: <c>x ?? y</c>, <c>x.Value</c>, <c>x.GetValueOrDefault()</c>.</summary>
    private static ExpressionSyntax? FindUnwrapping(IdentifierNameSyntax use) => use.Parent switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalesce when coalesce.Left == use => coalesce,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Value" } value when value.Expression == use => value,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetValueOrDefault", Parent: InvocationExpressionSyntax call } access
            when access.Expression == use => call,
        _ => null,
    };

    private static LiteralExpressionSyntax Default() => SyntaxFactory.LiteralExpression(SyntaxKind.DefaultLiteralExpression);
}
