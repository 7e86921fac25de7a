using Microsoft.CodeAnalysis;

namespace Rpc.Generator.Diagnostics;

/// <content>Descriptors about members that are not methods, and names of methods.</content>
internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor Property = new(
        DiagnosticIds.Property,
        "Contract has a property",
        "'{0}' is a property, and a contract has only methods; make it a method such as 'Task<T> Get{1}Async()'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.Property + Page);

    public static readonly DiagnosticDescriptor Event = new(
        DiagnosticIds.Event,
        "Contract has an event",
        "'{0}' is an event, and a contract has only methods; let the caller ask with a method that returns Task<T>",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.Event + Page);

    public static readonly DiagnosticDescriptor GenericMethod = new(
        DiagnosticIds.GenericMethod,
        "Method has type parameters",
        "'{0}' has type parameters, and a method of a contract has none; declare a method for each type",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.GenericMethod + Page);

    public static readonly DiagnosticDescriptor StaticAbstractMember = new(
        DiagnosticIds.StaticAbstractMember,
        "Contract has a static abstract member",
        "'{0}' is static and abstract or virtual, which no proxy can implement; static members of a contract are neither",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.StaticAbstractMember + Page);

    public static readonly DiagnosticDescriptor ProtectedMember = new(
        DiagnosticIds.ProtectedMember,
        "Member is hidden from its callers",
        "'{0}' is not public, and callers cannot use it; members of a contract are public, or have a body",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.ProtectedMember + Page);

    public static readonly DiagnosticDescriptor UnnamedOverload = new(
        DiagnosticIds.UnnamedOverload,
        "Overload has no wire name of its own",
        "'{0}' has the same wire name '{1}' as another overload; give each its own with [RpcMethod(\"Name\")]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.UnnamedOverload + Page);

    public static readonly DiagnosticDescriptor DuplicateMethodName = new(
        DiagnosticIds.DuplicateMethodName,
        "Wire name is used twice",
        "'{0}' has the wire name '{1}', as '{2}' has; wire names in a contract differ in more than upper and lower case",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.DuplicateMethodName + Page);

    public static readonly DiagnosticDescriptor AttributeOnLocalMethod = new(
        DiagnosticIds.AttributeOnLocalMethod,
        "Attribute on a method that is not called remotely",
        "'{0}' has a body, so it runs at the caller and [RpcMethod] means nothing; remove the attribute or the body",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.AttributeOnLocalMethod + Page);
}
