namespace Rpc.TestKit.Conformance;

/// <summary>A filter that does what a test says.</summary>
/// <param name="invoke">What it does.</param>
public sealed class ServerFilter(Func<RpcCallContext, Func<RpcCallContext, ValueTask>, ValueTask> invoke) : IRpcServerFilter
{
    public ValueTask InvokeAsync(RpcCallContext context, Func<RpcCallContext, ValueTask> next) => invoke(context, next);
}
