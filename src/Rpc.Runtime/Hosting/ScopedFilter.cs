using Microsoft.Extensions.DependencyInjection;
using Rpc.Server;

namespace Rpc.Hosting;

/// <summary>Stands in the chain for a filter that each call gets from its own scope.</summary>
/// <typeparam name="T">The filter.</typeparam>
internal sealed class ScopedFilter<T> : IRpcServerFilter
    where T : class, IRpcServerFilter
{
    /// <inheritdoc/>
    public ValueTask InvokeAsync(RpcCallContext context, Func<RpcCallContext, ValueTask> next) =>
        ReceivedCall.Of(context).Services!.GetRequiredService<T>().InvokeAsync(context, next);
}
