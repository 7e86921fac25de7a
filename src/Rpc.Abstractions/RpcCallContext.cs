using System.Collections.ObjectModel;

namespace Rpc;

/// <summary>
/// What a service's code can know of the call that it serves: <see cref="Current"/> inside a handler, and the argument of server filters. Used by one
/// call. Tests may derive from it.
/// </summary>
public abstract class RpcCallContext
{
    private static readonly AsyncLocal<RpcCallContext?> s_current = new();
    private RpcHeaders? _replyHeaders;

    /// <summary>
    /// The call that is being served by the code that asks; <see langword="null"/> outside of handlers and server filters, and in what a handler has
    /// left running, once the call is over: a finished call passes nothing on.
    /// </summary>
    public static RpcCallContext? Current => s_current.Value is { HasEnded: false } current ? current : null;

    /// <summary>The service's wire name.</summary>
    public virtual string Service => string.Empty;

    /// <summary>The method's wire name; where the service has no such method, what the request says.</summary>
    public abstract string Method { get; }

    /// <summary>
    /// Fires when the call's deadline passes, when its caller cancels it, or when the server stops without waiting any longer. The same token that a
    /// handler with a <see cref="System.Threading.CancellationToken"/> parameter gets. Calls that a handler makes are cancelled with it by themselves.
    /// </summary>
    public abstract CancellationToken CancellationToken { get; }

    /// <summary>What is left until the call's deadline, not positive once it has passed; <see langword="null"/> if the call has none.</summary>
    /// <remarks>Calls that a handler makes have no more time than this, whatever their own timeouts say.</remarks>
    public virtual TimeSpan? TimeLeft => null;

    /// <summary>The headers that came with the request. Set by the caller, so only as trustworthy as the caller is.</summary>
    public virtual IReadOnlyDictionary<string, string> Headers => ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The headers that go back with the reply, also when the call fails.</summary>
    public RpcHeaders ReplyHeaders => _replyHeaders ??= [];

    /// <summary>
    /// The caller's user name at the broker, where the caller sends it (<c>RpcClientOptions.SendUserId</c>); the broker has checked that it is the one
    /// it logged in with. <see langword="null"/> if the caller sent none.
    /// </summary>
    public virtual string? UserId => null;

    /// <summary>Which attempt of its caller's this is, from 1. A caller that is not one of ours counts as the first.</summary>
    public virtual int Attempt => 1;

    /// <summary>Whether the broker gave this request to a server before, which may have run it.</summary>
    public virtual bool Redelivered => false;

    /// <summary>Whether the call is over: its reply is on its way.</summary>
    public virtual bool HasEnded => false;

    /// <summary>The reply headers, if any were set.</summary>
    internal RpcHeaders? SetReplyHeaders => _replyHeaders is { Count: > 0 } set ? set : null;

    /// <summary>Makes a call the current one of the code that runs from here on; ends with the asynchronous method that this is called in.</summary>
    /// <param name="context">The call.</param>
    internal static void Enter(RpcCallContext? context) => s_current.Value = context;
}
