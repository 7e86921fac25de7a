namespace Rpc.Runtime.Tests.Filters;

/// <summary>A server filter that does what the test says.</summary>
internal sealed class Filter(Func<RpcCallContext, Func<RpcCallContext, ValueTask>, ValueTask> invoke) : IRpcServerFilter
{
    public ValueTask InvokeAsync(RpcCallContext context, Func<RpcCallContext, ValueTask> next) => invoke(context, next);
}
