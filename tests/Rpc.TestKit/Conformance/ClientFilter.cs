namespace Rpc.TestKit.Conformance;

/// <summary>A filter that does what a test says.</summary>
/// <param name="invoke">What it does.</param>
public sealed class ClientFilter(Func<RpcClientCallContext, Func<RpcClientCallContext, ValueTask>, ValueTask> invoke) : IRpcClientFilter
{
    public ValueTask InvokeAsync(RpcClientCallContext context, Func<RpcClientCallContext, ValueTask> next) => invoke(context, next);
}
