namespace Rpc.Runtime.Tests.Client;

/// <summary>A client filter that does what the test says.</summary>
internal sealed class ClientFilter(Func<RpcClientCallContext, Func<RpcClientCallContext, ValueTask>, ValueTask> invoke) : IRpcClientFilter
{
    public static RpcClientOptions In(params Func<RpcClientCallContext, Func<RpcClientCallContext, ValueTask>, ValueTask>[] filters)
    {
        var options = new RpcClientOptions();
        foreach (var filter in filters)
        {
            options.Filters.Add(new ClientFilter(filter));
        }

        return options;
    }

    public ValueTask InvokeAsync(RpcClientCallContext context, Func<RpcClientCallContext, ValueTask> next) => invoke(context, next);
}
