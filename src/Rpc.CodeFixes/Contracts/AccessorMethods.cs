using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;

namespace Rpc.CodeFixes.Contracts;

/// <summary>Writes the methods that stand for a property's accessors.</summary>
internal sealed class AccessorMethods(IPropertySymbol property, BasePropertyDeclarationSyntax declaration, Compilation compilation, Document document)
{
    public const string Value = "value";
    public const string Token = "cancellationToken";

    private readonly SyntaxGenerator _generator = SyntaxGenerator.GetGenerator(document);

    private readonly TypeSyntax _type = declaration.Type is RefTypeSyntax reference ? reference.Type : declaration.Type;

    public static string GetName(IPropertySymbol property) => $"Get{Name(property)}Async";

    public static string SetName(IPropertySymbol property) => $"Set{Name(property)}Async";

    /// <summary>For the interface, with the property's comments.</summary>
    public IEnumerable<MemberDeclarationSyntax> Declare()
    {
        var semicolon = SyntaxFactory.Token(SyntaxKind.SemicolonToken);
        var methods = Heads().Select(head => head.Method.WithAttributeLists(declaration.AttributeLists).WithSemicolonToken(semicolon)).ToArray();

        // The second method has the comments too, but not the empty lines above them.
        var leading = declaration.GetLeadingTrivia();
        var again = leading.SkipWhile(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        return methods.Select((method, index) => Format(method)
            .WithLeadingTrivia(index == 0 ? leading : SyntaxFactory.TriviaList(again))
            .WithTrailingTrivia(index == methods.Length - 1 ? declaration.GetTrailingTrivia() : [SyntaxFactory.ElasticCarriageReturnLineFeed]));
    }

    /// <summary>For a class, where they use the property.</summary>
    public IEnumerable<MemberDeclarationSyntax> Implement() => Heads().Select(head => Format(head.Method
        .AddModifiers(SyntaxFactory.Token(SyntaxKind.PublicKeyword))
        .WithBody(head.IsGet ? GetBody() : SetBody())));

    private static string Name(IPropertySymbol property) => property.IsIndexer ? "Item" : property.Name;

    private IEnumerable<(MethodDeclarationSyntax Method, bool IsGet)> Heads()
    {
        if (property.GetMethod is not null)
        {
            yield return (Head(TaskSyntax.TaskOf(_generator, compilation, _type), GetName(property), Indexes()), true);
        }

        if (property.SetMethod is not null)
        {
            var value = SyntaxFactory.Parameter(SyntaxFactory.Identifier(Value)).WithType(_type.WithoutTrivia());
            yield return (Head(TaskSyntax.TaskOf(_generator, compilation, null), SetName(property), Indexes().Concat([value])), false);
        }
    }

    private MethodDeclarationSyntax Head(TypeSyntax type, string name, IEnumerable<ParameterSyntax> parameters)
    {
        var token = SyntaxFactory.Parameter(SyntaxFactory.Identifier(Token))
            .WithType(TaskSyntax.Token(_generator, compilation))
            .WithDefault(SyntaxFactory.EqualsValueClause(SyntaxFactory.LiteralExpression(SyntaxKind.DefaultLiteralExpression)));
        return SyntaxFactory.MethodDeclaration(type, name)
            .WithParameterList(SyntaxFactory.ParameterList(SyntaxFactory.SeparatedList(parameters.Concat([token]))));
    }

    private IEnumerable<ParameterSyntax> Indexes() =>
        declaration is IndexerDeclarationSyntax indexer ? indexer.ParameterList.Parameters.Select(static parameter => parameter.WithoutTrivia()) : [];

    private ExpressionSyntax Access() => declaration is IndexerDeclarationSyntax indexer
        ? SyntaxFactory.ElementAccessExpression(
            SyntaxFactory.ThisExpression(),
            SyntaxFactory.BracketedArgumentList(SyntaxFactory.SeparatedList(
                indexer.ParameterList.Parameters.Select(static parameter => SyntaxFactory.Argument(SyntaxFactory.IdentifierName(parameter.Identifier))))))
        : SyntaxFactory.IdentifierName(((PropertyDeclarationSyntax)declaration).Identifier.WithoutTrivia());

    private BlockSyntax GetBody() => SyntaxFactory.Block(
        (StatementSyntax)_generator.ReturnStatement(TaskSyntax.FromResult(_generator, compilation, Access(), null)));

    private BlockSyntax SetBody() => SyntaxFactory.Block(
        (StatementSyntax)_generator.ExpressionStatement(_generator.AssignmentStatement(Access(), SyntaxFactory.IdentifierName(Value))),
        (StatementSyntax)_generator.ReturnStatement(TaskSyntax.Completed(_generator, compilation)));

    private static MethodDeclarationSyntax Format(MethodDeclarationSyntax method) => method.WithAdditionalAnnotations(Formatter.Annotation);
}
