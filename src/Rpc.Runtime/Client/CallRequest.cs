using Rpc.Calls;
using Rpc.Serialization;

namespace Rpc.Client;

/// <summary>One call as the proxy asked for it: what every attempt at it has in common.</summary>
/// <param name="Invoker">The proxy's serializer, route and options.</param>
/// <param name="Site">Which call it is.</param>
/// <param name="Timeout">The duration that made the deadline.</param>
/// <param name="Payload">The encoded arguments; whoever starts the call from this owns a share.</param>
internal readonly record struct CallRequest(RpcInvoker Invoker, CallSite Site, TimeSpan Timeout, PayloadWriter Payload)
{
    /// <summary>The request's headers, if it has any.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>The caller's token.</summary>
    public CancellationToken CallersToken { get; init; }

    /// <summary>The token of the call that the caller serves; none outside of handlers.</summary>
    public CancellationToken ServedCallsToken { get; init; }
}
