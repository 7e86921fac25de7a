namespace Rpc;

/// <summary>
/// What a generated proxy calls: the seam between a contract's code and the client that carries its calls. Thread-safe.
/// </summary>
public interface IRpcInvoker
{
    /// <summary>Makes one call.</summary>
    /// <typeparam name="TArgs">The generated struct that holds the arguments.</typeparam>
    /// <typeparam name="TResult">The result's type.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="arguments">The arguments, encoded before this returns: the caller may change what they refer to afterwards.</param>
    /// <param name="cancellationToken">The caller's token. When it fires the task is cancelled with this very token.</param>
    /// <returns>
    /// The result. The task fails with <see cref="RpcException"/> for everything else that can happen, and with
    /// <see cref="ObjectDisposedException"/> where the client was disposed before the call. It never throws before returning the task.
    /// </returns>
    Task<TResult> InvokeAsync<TArgs, TResult>(RpcMethod<TArgs, TResult> method, TArgs arguments, CancellationToken cancellationToken);

    /// <summary>
    /// Makes an invoker for the calls of a base contract that has a route of its own: same client and options, that contract's queue and serializer.
    /// </summary>
    /// <param name="contract">The base contract.</param>
    /// <returns>A new invoker; this one is unchanged.</returns>
    IRpcInvoker For(RpcContract contract);

    /// <summary>Makes an invoker whose calls have these options on top of what this one has.</summary>
    /// <param name="options">The options; what they leave unset stays as it is here.</param>
    /// <returns>A new invoker; this one is unchanged.</returns>
    IRpcInvoker With(RpcCallOptions options);
}
