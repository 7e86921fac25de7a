namespace Rpc.TestKit.FaultPoints;

/// <summary>A server filter that a test writes in one line.</summary>
internal sealed class ServerFilter(Func<RpcCallContext, Func<RpcCallContext, ValueTask>, ValueTask> invoke) : IRpcServerFilter
{
    public ValueTask InvokeAsync(RpcCallContext context, Func<RpcCallContext, ValueTask> next) => invoke(context, next);
}
