namespace Rpc.Transport;

/// <summary>What connecting, starting and declaring can fail with. Texts name the broker without its credentials.</summary>
internal static class TransportFailures
{
    public static RpcException NotConnected(string broker, string reason, Exception? cause = null) =>
        Make(RpcReason.NotConnected, $"Cannot connect to {broker}: {reason}", cause);

    public static RpcException Refused(string broker, string reason, Exception? cause = null) =>
        Make(RpcReason.Refused, $"The broker {broker} refuses: {reason}", cause);

    public static RpcException ReplyQueueRefused(string reason, Exception? cause = null) =>
        Make(RpcReason.Refused, $"The broker refuses the reply queue: {reason}", cause);

    public static RpcException QueueRefused(string queue, string reason, Exception? cause = null) =>
        Make(RpcReason.Refused, $"The request queue '{queue}' cannot be used: {reason}.", cause);

    public static RpcException QueueDiffers(string queue, string reason, Exception? cause = null) => Make(
        RpcReason.Refused,
        $"The request queue '{queue}' cannot be used: {reason}. Delete the queue, choose another, or take it as it is with {nameof(RpcTopology)}.{nameof(RpcTopology.Passive)}.",
        cause);

    public static RpcException QueueForbidden(string queue, string reason, Exception? cause = null) => Make(
        RpcReason.Refused,
        $"The request queue '{queue}' cannot be used: {reason}. The page docs/operations.md lists the permissions that a server needs.",
        cause);

    private static RpcException Make(RpcReason reason, string message, Exception? cause) =>
        new(new RpcFailure { Status = RpcStatus.Unavailable, Reason = reason, Message = message }, cause);
}
