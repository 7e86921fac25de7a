namespace Rpc.Hosting.Settings;

/// <summary>What code says of a contract's calls, on top of what the configuration says.</summary>
internal static class Routes
{
    public static RpcRoute Merge(RpcRoute configured, RpcRoute? given) =>
        given is null ? configured : given with { Queue = given.Queue ?? configured.Queue, Wire = given.Wire ?? configured.Wire };

    public static RpcCallOptions Merge(RpcCallOptions configured, RpcCallOptions? given) => given is null ? configured : given with
    {
        Timeout = given.Timeout ?? configured.Timeout,
        WaitForReady = given.WaitForReady ?? configured.WaitForReady,
    };
}
