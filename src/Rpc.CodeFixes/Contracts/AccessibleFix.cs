using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Rpc.Generator.Diagnostics;
using Rpc.Generator.Parsing;

namespace Rpc.CodeFixes.Contracts;

/// <summary>Makes a contract, and the types around it, internal where generated code cannot name them.</summary>
internal sealed class AccessibleFix : Fix
{
    public override string Title => "Make the contract internal";

    public override ImmutableArray<string> Ids { get; } = ImmutableArray.Create(DiagnosticIds.InaccessibleContract);

    public override Task<bool> FitsAsync(FixTarget target) =>
        Task.FromResult(FindContract(target) is { TypeKind: TypeKind.Interface } contract && ContractAccess.Of(contract) is null);

    public override async Task ApplyAsync(FixTarget target, FixEditor editor)
    {
        for (var type = FindContract(target); type is not null; type = type.ContainingType)
        {
            if (!IsHidden(type))
            {
                continue;
            }

            // Every part may say it, and one must.
            var parts = type.DeclaringSyntaxReferences.Select(part => part.GetSyntax(target.CancellationToken)).OfType<TypeDeclarationSyntax>().ToArray();
            foreach (var part in parts.Where(part => part == parts[0] || part.Modifiers.Any(IsAccess)))
            {
                await editor.ChangeAsync("access", part, static (current, _) => MakeInternal(current), target.CancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static INamedTypeSymbol? FindContract(FixTarget target) => target.Find<TypeDeclarationSyntax>() is { } declaration
        ? target.Model.GetDeclaredSymbol(declaration, target.CancellationToken)
        : null;

    private static bool IsHidden(INamedTypeSymbol type) =>
        type.IsFileLocal || type.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal;

    private static TypeDeclarationSyntax MakeInternal(TypeDeclarationSyntax type)
    {
        var access = type.Modifiers.Where(IsAccess).ToArray();
        if (access.Length == 0)
        {
            // Before what stands first, which gives it its indentation and comments; attributes keep theirs.
            var first = type.Modifiers.Count > 0 ? type.Modifiers[0] : type.Keyword;
            var keyword = SyntaxFactory.Token(SyntaxKind.InternalKeyword).WithLeadingTrivia(first.LeadingTrivia).WithTrailingTrivia(SyntaxFactory.Space);
            var rest = type.ReplaceToken(first, first.WithLeadingTrivia());
            return (TypeDeclarationSyntax)rest.WithModifiers(rest.Modifiers.Insert(0, keyword));
        }

        var replacement = SyntaxFactory.Token(SyntaxKind.InternalKeyword)
            .WithLeadingTrivia(access[0].LeadingTrivia)
            .WithTrailingTrivia(access[access.Length - 1].TrailingTrivia);
        return (TypeDeclarationSyntax)type.WithModifiers(SyntaxFactory.TokenList(type.Modifiers
            .Where(token => token == access[0] || !IsAccess(token))
            .Select(token => token == access[0] ? replacement : token)));
    }

    private static bool IsAccess(SyntaxToken token) => token.Kind()
        is SyntaxKind.PrivateKeyword or SyntaxKind.ProtectedKeyword or SyntaxKind.InternalKeyword or SyntaxKind.PublicKeyword or SyntaxKind.FileKeyword;
}
