using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Rpc.Generator.Parsing;

/// <summary>Types and names as C# text.</summary>
internal static class TypeText
{
    private static readonly SymbolDisplayFormat s_declared = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat s_runtime = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.ExpandValueTuple);

    private static readonly SymbolDisplayFormat s_namespace = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    private static readonly SymbolDisplayFormat s_wire = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    /// <summary>A type as a declaration has it, with its <c>?</c>. Dynamic is an object there, so that no generated code is bound at run time.</summary>
    public static string Declared(ITypeSymbol type) => type.TypeKind == TypeKind.Dynamic
        ? type.NullableAnnotation == NullableAnnotation.Annotated ? "object?" : "object"
        : type.ToDisplayString(s_declared);

    /// <summary>A type as the runtime has it, without <c>?</c> on reference types and without names in tuples.</summary>
    public static string Runtime(ITypeSymbol type) => type.ToDisplayString(s_runtime);

    /// <summary>A type's full name as users write and read it.</summary>
    public static string WireName(ITypeSymbol type) => type.ToDisplayString(s_wire);

    /// <summary>The namespace to declare code in; empty for the global one.</summary>
    public static string Namespace(INamespaceSymbol @namespace) => @namespace.IsGlobalNamespace ? "" : @namespace.ToDisplayString(s_namespace);

    /// <summary>
    /// A method as XML docs refer to it: by name where that says which, and otherwise by its id, which the compiler takes as it is. What the method's
    /// own docs say stays there, so that writing them does not change generated code.
    /// </summary>
    public static string Cref(IMethodSymbol method)
    {
        var isUnique = !method.ContainingType.IsGenericType && method.ContainingType.GetMembers(method.Name).Length == 1;
        return isUnique && method.ContainingType.AllInterfaces.All(type => type.GetMembers(method.Name).IsEmpty)
            ? Declared(method.ContainingType) + "." + Identifier(method.Name)
            : method.OriginalDefinition.GetDocumentationCommentId() ?? Declared(method.ContainingType);
    }

    /// <summary>A name as an identifier, <c>@</c> before a keyword: always one, or only in async methods.</summary>
    public static string Identifier(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && name != "await" ? name : "@" + name;
}
