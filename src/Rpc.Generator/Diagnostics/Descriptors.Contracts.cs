using Microsoft.CodeAnalysis;

namespace Rpc.Generator.Diagnostics;

/// <content>Descriptors about what a contract is.</content>
internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor InaccessibleContract = new(
        DiagnosticIds.InaccessibleContract,
        "Contract cannot be implemented by generated code",
        "'{0}' cannot be a contract; [RpcService] goes on an interface that is public or internal, as are all types around it",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.InaccessibleContract + Page);

    public static readonly DiagnosticDescriptor GenericContract = new(
        DiagnosticIds.GenericContract,
        "Contract has type parameters",
        "'{0}' has type parameters, and a contract has none; derive an interface without type parameters from it, such as 'interface IUsers : IRepository<User>', and put [RpcService] there",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.GenericContract + Page);

    public static readonly DiagnosticDescriptor NoMethods = new(
        DiagnosticIds.NoMethods,
        "Contract has no methods",
        "'{0}' has no method that can be called; a contract has methods that return Task, Task<T>, ValueTask or ValueTask<T>",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.NoMethods + Page);

    public static readonly DiagnosticDescriptor ConflictingMethods = new(
        DiagnosticIds.ConflictingMethods,
        "Inherited methods contradict each other",
        "'{0}' and '{1}' have the same name and parameters, but another result or wire name; give both the same result and the same [RpcMethod] name, or rename one",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.ConflictingMethods + Page);

    public static readonly DiagnosticDescriptor DuplicateService = new(
        DiagnosticIds.DuplicateService,
        "Service name is used twice",
        "'{0}' has the service name '{1}', as '{2}' has, so callers of one could reach the other; give each its own with [RpcService(\"Name\")]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.DuplicateService + Page,
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor DuplicateQueue = new(
        DiagnosticIds.DuplicateQueue,
        "Queue is used twice",
        "'{0}' has the queue '{1}', as '{2}' has, so each would get requests that are the other's; give each its own with [RpcService(Queue = \"name\")], or leave Queue out",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.DuplicateQueue + Page,
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor LiftedBase = new(
        DiagnosticIds.LiftedBase,
        "Base interface becomes part of the contract",
        "'{0}' has no [RpcService], so its methods are part of '{1}' and are called as methods of the service '{2}'; put [RpcService] on it where it is a service of its own",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.LiftedBase + Page);
}
