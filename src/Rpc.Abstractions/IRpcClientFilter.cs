namespace Rpc;

/// <summary>
/// Code around every call that a client makes: headers, logging, caching. Filters run in the order they were added, the first one outermost; they are
/// composed once, and shared by all calls, so they are thread-safe.
/// </summary>
/// <remarks>
/// Retries happen inside: a filter sees a call once, with its final outcome. A failed call throws its <see cref="RpcException"/> out of
/// <c>next</c>. What a filter throws is what the caller gets; an <see cref="RpcException"/> that it constructed is completed with the names of service
/// and method.
/// </remarks>
public interface IRpcClientFilter
{
    /// <summary>Makes a call, by calling <paramref name="next"/> or by setting <see cref="RpcClientCallContext.Result"/>.</summary>
    /// <param name="context">The call.</param>
    /// <param name="next">The next filter, or the sending of the call. It may be called again, and then makes the call again.</param>
    /// <returns>Completes when the call has ended.</returns>
    ValueTask InvokeAsync(RpcClientCallContext context, Func<RpcClientCallContext, ValueTask> next);
}
