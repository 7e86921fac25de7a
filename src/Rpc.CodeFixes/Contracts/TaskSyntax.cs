using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Rpc.CodeFixes.Contracts;

/// <summary>Writes tasks and what a method returns that has ended.</summary>
internal static class TaskSyntax
{
    /// <summary><c>Task</c>, or <c>Task&lt;T&gt;</c> around a type as it is written.</summary>
    public static TypeSyntax TaskOf(SyntaxGenerator generator, Compilation compilation, TypeSyntax? result)
    {
        if (result is null)
        {
            return TypeName.Of(generator, Task(compilation, ""));
        }

        var type = TypeName.Of(generator, Task(compilation, "`1").Construct(compilation.GetSpecialType(SpecialType.System_Object)));
        var argument = type.DescendantNodesAndSelf().OfType<TypeArgumentListSyntax>().Single().Arguments[0];
        return type.ReplaceNode(argument, result.WithoutTrivia());
    }

    /// <summary><c>Task.CompletedTask</c></summary>
    public static ExpressionSyntax Completed(SyntaxGenerator generator, Compilation compilation) =>
        (ExpressionSyntax)generator.MemberAccessExpression(TypeName.Of(generator, Task(compilation, "")), "CompletedTask");

    /// <summary><c>Task.FromResult(value)</c>, with its type argument where the value's own type is another.</summary>
    public static ExpressionSyntax FromResult(SyntaxGenerator generator, Compilation compilation, ExpressionSyntax value, TypeSyntax? result)
    {
        SimpleNameSyntax name = result is null
            ? SyntaxFactory.IdentifierName("FromResult")
            : SyntaxFactory.GenericName("FromResult").AddTypeArgumentListArguments(result.WithoutTrivia());
        return ((ExpressionSyntax)generator.InvocationExpression(
            generator.MemberAccessExpression(TypeName.Of(generator, Task(compilation, "")), name), value.WithoutTrivia())).WithTriviaFrom(value);
    }

    public static TypeSyntax Token(SyntaxGenerator generator, Compilation compilation) =>
        TypeName.Of(generator, compilation.GetTypeByMetadataName("System.Threading.CancellationToken")!);

    private static INamedTypeSymbol Task(Compilation compilation, string arity) =>
        compilation.GetTypeByMetadataName("System.Threading.Tasks.Task" + arity)!;
}
