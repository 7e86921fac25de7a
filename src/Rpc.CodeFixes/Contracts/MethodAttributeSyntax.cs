using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Rpc.CodeFixes.Contracts;

/// <summary>Writes into a method's <c>[RpcMethod]</c>, which it adds where there is none.</summary>
internal static class MethodAttributeSyntax
{
    /// <summary><c>[RpcMethod("name")]</c></summary>
    public static MethodDeclarationSyntax WithName(MethodDeclarationSyntax method, SyntaxGenerator generator, Compilation compilation, string name)
    {
        var argument = SyntaxFactory.AttributeArgument((ExpressionSyntax)generator.LiteralExpression(name));
        return Change(method, generator, compilation, attribute =>
        {
            var others = Arguments(attribute).Where(static other => other.NameEquals is not null);
            return attribute.WithArgumentList(List([argument, .. others]));
        });
    }

    /// <summary><c>[RpcMethod(property = true)]</c></summary>
    public static MethodDeclarationSyntax WithFlag(MethodDeclarationSyntax method, SyntaxGenerator generator, Compilation compilation, string property)
    {
        var argument = SyntaxFactory.AttributeArgument((ExpressionSyntax)generator.TrueLiteralExpression())
            .WithNameEquals(SyntaxFactory.NameEquals(property));
        return Change(method, generator, compilation, attribute =>
        {
            var others = Arguments(attribute).Where(other => other.NameEquals?.Name.Identifier.ValueText != property);
            return attribute.WithArgumentList(List([.. others, argument]));
        });
    }

    private static SeparatedSyntaxList<AttributeArgumentSyntax> Arguments(AttributeSyntax attribute) => attribute.ArgumentList?.Arguments ?? default;

    private static AttributeArgumentListSyntax List(IEnumerable<AttributeArgumentSyntax> arguments)
    {
        var nodes = arguments.Select(static argument => argument.WithoutTrivia().NormalizeWhitespace()).ToArray();
        var comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        return SyntaxFactory.AttributeArgumentList(SyntaxFactory.SeparatedList(nodes, Enumerable.Repeat(comma, nodes.Length - 1)));
    }

    private static MethodDeclarationSyntax Change(
        MethodDeclarationSyntax method, SyntaxGenerator generator, Compilation compilation, System.Func<AttributeSyntax, AttributeSyntax> change)
    {
        if (method.AttributeLists.SelectMany(static list => list.Attributes).FirstOrDefault(IsMethodAttribute) is { } attribute)
        {
            return method.ReplaceNode(attribute, change(attribute).WithTriviaFrom(attribute));
        }

        var type = TypeName.Of(generator, compilation.GetTypeByMetadataName("Rpc.RpcMethodAttribute")!);
        var added = change(SyntaxFactory.Attribute((NameSyntax)type));
        return AddFirst(method, SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(added)));
    }

    /// <summary>Recognised by its text: this runs on trees that the compiler has not seen.</summary>
    private static bool IsMethodAttribute(AttributeSyntax attribute) =>
        attribute.Name.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().LastOrDefault()?.Identifier.ValueText is "RpcMethod" or "RpcMethodAttribute";

    /// <summary>On a line of its own, below the method's comments, where the method has one; else before it.</summary>
    private static MethodDeclarationSyntax AddFirst(MethodDeclarationSyntax method, AttributeListSyntax list)
    {
        var leading = method.GetLeadingTrivia();
        var indentation = SyntaxFactory.TriviaList(leading.Reverse().TakeWhile(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse());
        var lineBreak = method.SyntaxTree.GetRoot().DescendantTrivia().FirstOrDefault(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        var isOnOwnLine = indentation.Count > 0 || leading.Any(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        return isOnOwnLine
            ? Prepend(method.WithLeadingTrivia(indentation), list.WithLeadingTrivia(leading).WithTrailingTrivia(lineBreak))
            : Prepend(method.WithoutLeadingTrivia(), list.WithLeadingTrivia(leading).WithTrailingTrivia(SyntaxFactory.Space));
    }

    private static MethodDeclarationSyntax Prepend(MethodDeclarationSyntax method, AttributeListSyntax list) =>
        method.WithAttributeLists(method.AttributeLists.Insert(0, list));
}
