using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Rpc.Generator.Diagnostics;

/// <content>Descriptors about code that uses contracts.</content>
internal static partial class Descriptors
{
    /// <summary>What the analyzers of Usage report.</summary>
    public static ImmutableArray<DiagnosticDescriptor> OfUsage => ImmutableArray.Create(NotAContract, BlockingCall, RetryOfOneTimeMethod, TokenNotPassedOn);

    public static readonly DiagnosticDescriptor NotAContract = new(
        DiagnosticIds.NotAContract,
        "Type is not a contract",
        "'{0}' is not a contract, so nothing was generated that '{1}' could use; name an interface with [RpcService]{2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.NotAContract + Page);

    public static readonly DiagnosticDescriptor BlockingCall = new(
        DiagnosticIds.BlockingCall,
        "Thread waits for a remote call",
        "'{0}' holds a thread until the remote call '{1}' ends, which can take until its deadline; await the call",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.BlockingCall + Page);

    public static readonly DiagnosticDescriptor RetryOfOneTimeMethod = new(
        DiagnosticIds.RetryOfOneTimeMethod,
        "Retry of a method that is not idempotent",
        "'{0}' is not Idempotent, so a call of it that may have run is not made again; put [RpcMethod(Idempotent = true)] on it if running it twice does no harm, or make the call without Retry",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.RetryOfOneTimeMethod + Page);

    public static readonly DiagnosticDescriptor TokenNotPassedOn = new(
        DiagnosticIds.TokenNotPassedOn,
        "Cancellation token is not passed on",
        "'{0}' is called without '{1}', so it goes on when the call that it is made for is cancelled; pass '{1}', or CancellationToken.None where that is meant",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.TokenNotPassedOn + Page);
}
