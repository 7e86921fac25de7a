using Microsoft.CodeAnalysis;

namespace Rpc.Generator.Diagnostics;

/// <content>Descriptors about what a method returns.</content>
internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor UnsupportedReturn = new(
        DiagnosticIds.UnsupportedReturn,
        "Method does not return a task",
        "'{0}' returns '{1}'; a method of a contract returns Task, Task<T>, ValueTask or ValueTask<T>, where T is data",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.UnsupportedReturn + Page);

    public static readonly DiagnosticDescriptor VoidReturn = new(
        DiagnosticIds.VoidReturn,
        "Method returns void",
        "'{0}' returns void, so its caller could not learn how the call ended; return Task, and add [RpcMethod(OneWay = true)] where the caller need not wait for the service",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.VoidReturn + Page);

    public static readonly DiagnosticDescriptor NestedAsyncReturn = new(
        DiagnosticIds.NestedAsyncReturn,
        "Result is itself asynchronous",
        "'{0}' returns '{1}', a task of something that is itself awaited or read later; return Task<T> or ValueTask<T> of the value itself",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.NestedAsyncReturn + Page);

    public static readonly DiagnosticDescriptor OneWayResult = new(
        DiagnosticIds.OneWayResult,
        "One-way method has a result",
        "'{0}' is one-way and returns '{1}', but a one-way call ends before there is a result; return Task or ValueTask, or remove OneWay",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.OneWayResult + Page);

    public static readonly DiagnosticDescriptor ReferenceReturn = new(
        DiagnosticIds.ReferenceReturn,
        "Method returns by reference",
        "'{0}' returns by reference, and results travel by value; return Task<T> or ValueTask<T>",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.ReferenceReturn + Page);

    public static readonly DiagnosticDescriptor TupleNames = new(
        DiagnosticIds.TupleNames,
        "Names of tuple items do not travel",
        "'{0}' has a tuple whose items are called {1}, but travel as {2}; use a record where other programs are to see the names",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.TupleNames + Page);

    public static readonly DiagnosticDescriptor BareShape = new(
        DiagnosticIds.BareShape,
        "Contract does not fit the Bare wire",
        "'{0}' uses RpcWire.Bare, where a message names neither method nor parameter; such a contract has exactly one method, with at most one parameter besides its CancellationToken",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.BareShape + Page);
}
