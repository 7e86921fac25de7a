using System.ComponentModel;

namespace Rpc;

/// <summary>A received call as a generated dispatcher sees it. One instance per call, used by one call at a time.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class RpcCall : RpcCallContext
{
    /// <summary>
    /// Reads the arguments and marks the call as begun, so the very next statement must enter the service's method: from here on the caller is told
    /// that the method may have run.
    /// </summary>
    /// <typeparam name="TArgs">The generated struct that holds the arguments.</typeparam>
    /// <typeparam name="TResult">The result's type.</typeparam>
    /// <param name="method">The method.</param>
    /// <returns>The arguments.</returns>
    /// <exception cref="Exception">They cannot be read. It is to pass through; the caller is told InvalidArgument/BadRequest.</exception>
    public abstract TArgs ReadArguments<TArgs, TResult>(RpcMethod<TArgs, TResult> method);

    /// <summary>Encodes the result as the call's reply.</summary>
    /// <typeparam name="TArgs">The generated struct that holds the arguments.</typeparam>
    /// <typeparam name="TResult">The result's type.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="result">What the service returned.</param>
    public abstract void Reply<TArgs, TResult>(RpcMethod<TArgs, TResult> method, TResult result);

    /// <summary>Answers that the contract has no method of that name.</summary>
    /// <returns>A completed task.</returns>
    public abstract ValueTask RejectUnknownMethodAsync();
}
