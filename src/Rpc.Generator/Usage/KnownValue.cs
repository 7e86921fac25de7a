using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Rpc.Generator.Usage;

/// <summary>Finds out what an expression is where it is a local or a readonly field that gets its only value where it is declared.</summary>
internal static class KnownValue
{
    // A chain of locals is short; one that refers to itself must not go on for ever.
    private const int MaxSteps = 8;

    public static IOperation Of(IOperation operation, CancellationToken cancellationToken)
    {
        var value = ContractCall.Unwrap(operation);
        for (var step = 0; step < MaxSteps && Initializer(value, cancellationToken) is { } next; step++)
        {
            value = ContractCall.Unwrap(next);
        }

        return value;
    }

    private static IOperation? Initializer(IOperation reference, CancellationToken cancellationToken) => reference switch
    {
        ILocalReferenceOperation { Local: var local } when !IsWritten(local, reference, cancellationToken) => InitializerOf(local, reference, cancellationToken),
        IFieldReferenceOperation { Field: { IsReadOnly: true } field } when !IsWrittenInConstructor(field, cancellationToken) =>
            InitializerOf(field, reference, cancellationToken),
        _ => null,
    };

    /// <summary>Only within the file at hand: another file's semantic model is not to be had cheaply.</summary>
    private static IOperation? InitializerOf(ISymbol symbol, IOperation reference, CancellationToken cancellationToken) =>
        reference.SemanticModel is { } model
        && symbol.DeclaringSyntaxReferences is [var declaration]
        && declaration.SyntaxTree == model.SyntaxTree
        && declaration.GetSyntax(cancellationToken) is VariableDeclaratorSyntax { Initializer.Value: var value }
            ? model.GetOperation(value, cancellationToken)
            : null;

    private static bool IsWritten(ILocalSymbol local, IOperation reference, CancellationToken cancellationToken)
    {
        var root = reference;
        while (root.Parent is { } parent)
        {
            root = parent;
        }

        cancellationToken.ThrowIfCancellationRequested();
        return root.Descendants().OfType<ILocalReferenceOperation>().Any(other =>
            SymbolEqualityComparer.Default.Equals(other.Local, local) && IsTarget(other));
    }

    private static bool IsTarget(ILocalReferenceOperation reference) => reference.Parent switch
    {
        IAssignmentOperation assignment => assignment.Target == reference,
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } => true,
        ITupleOperation or IAddressOfOperation => true,
        _ => false,
    };

    /// <summary>A constructor may give a readonly field another value than its declaration does.</summary>
    private static bool IsWrittenInConstructor(IFieldSymbol field, CancellationToken cancellationToken) => field.ContainingType
        .DeclaringSyntaxReferences
        .SelectMany(part => part.GetSyntax(cancellationToken).DescendantNodes())
        .OfType<ConstructorDeclarationSyntax>()
        .SelectMany(static constructor => constructor.DescendantTokens())
        .Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == field.Name);
}
