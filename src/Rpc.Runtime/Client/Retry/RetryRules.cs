namespace Rpc.Client.Retry;

/// <summary>Which failures are tried again.</summary>
internal static class RetryRules
{
    /// <summary>Whether a call that ended so may be made again.</summary>
    public static bool Allows(RpcException failure, RpcMethod method) => failure switch
    {
        { MayHaveRun: true } when !method.Idempotent => false,
        { Reason: RpcReason.Disposed or RpcReason.Refused } => false,
        { Status: RpcStatus.Unavailable, Reason: not RpcReason.None } => true,
        { Status: RpcStatus.Aborted, Reason: RpcReason.Redelivered } => true,
        _ => false,
    };

    /// <summary>Whether the retry costs nothing of the budget and needs no wait: the server is leaving, and another one takes its calls.</summary>
    public static bool IsFree(RpcException failure) => failure.Reason == RpcReason.Draining;
}
