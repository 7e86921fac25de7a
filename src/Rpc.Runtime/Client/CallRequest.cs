using Rpc.Calls;
using Rpc.Serialization;

namespace Rpc.Client;

/// <summary>One call as the proxy asked for it: what every attempt at it has in common.</summary>
/// <param name="Invoker">The proxy's options.</param>
/// <param name="Target">What calls of the method have in common.</param>
/// <param name="Started">When the proxy's method was entered, in the clock's timestamps.</param>
/// <param name="Timeout">The duration that made the deadline.</param>
/// <param name="Payload">The encoded arguments; whoever starts the call from this owns a share.</param>
internal readonly record struct CallRequest(RpcInvoker Invoker, CallTarget Target, long Started, TimeSpan Timeout, SharedPayload Payload)
{
    /// <summary>Which call it is.</summary>
    public CallSite Site => Target.At(Started);

    /// <summary>The request's headers, if it has any.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>The caller's token.</summary>
    public CancellationToken CallersToken { get; init; }

    /// <summary>The token of the call that the caller serves; none outside of handlers.</summary>
    public CancellationToken ServedCallsToken { get; init; }
}
