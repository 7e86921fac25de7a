namespace Rpc;

/// <summary>
/// Code around every call that a server serves: authentication, logging, translating exceptions. Filters run in the order they were added, the first
/// one outermost; they are composed once, and shared by all calls, so they are thread-safe.
/// </summary>
/// <remarks>
/// A filter refuses a call as a handler does, with <c>throw new RpcException(RpcStatus.PermissionDenied, "…")</c>; before <c>next</c> the caller is
/// then told that the call did not run. What it throws otherwise is treated like a handler's exception. Requests that the server turns down by itself
/// (too late, too large, too many, unreadable properties) do not come here.
/// </remarks>
public interface IRpcServerFilter
{
    /// <summary>Serves a call, by calling <paramref name="next"/> or without.</summary>
    /// <param name="context">The call.</param>
    /// <param name="next">The next filter, or the service's method. It may be called again; the reply is what the last one returned.</param>
    /// <returns>Completes when the call has been served.</returns>
    ValueTask InvokeAsync(RpcCallContext context, Func<RpcCallContext, ValueTask> next);
}
