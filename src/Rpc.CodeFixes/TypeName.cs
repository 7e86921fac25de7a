using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace Rpc.CodeFixes;

/// <summary>Writes a type's name in full, annotated so that the platform adds the using it needs and shortens it.</summary>
internal static class TypeName
{
    public static TypeSyntax Of(SyntaxGenerator generator, ITypeSymbol type)
    {
        // The second annotation is not what TypeExpression's addImport does, which only leaves out one that forbids it.
        var name = (TypeSyntax)generator.TypeExpression(type, addImport: true)
            .WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);

        // Without elastic trivia, at which the formatter would break lines.
        return name.ReplaceTokens(name.DescendantTokens(), static (_, token) => token.WithoutTrivia());
    }
}
