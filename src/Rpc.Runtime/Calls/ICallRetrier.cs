namespace Rpc.Calls;

/// <summary>Makes failed calls again.</summary>
internal interface ICallRetrier
{
    /// <summary>Takes a failed call over, if it may be made again. Called on loops and timers, so it only decides and starts.</summary>
    /// <typeparam name="TResult">The result's type.</typeparam>
    /// <param name="failed">The call, ended but for its caller's task.</param>
    /// <param name="failure">How it failed.</param>
    /// <returns>
    /// <see langword="true"/> if the retrier completes the caller's task from here on; it then owns the call's arguments.
    /// </returns>
    bool TryTakeOver<TResult>(PendingCall<TResult> failed, RpcException failure);
}
