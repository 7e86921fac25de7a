namespace Rpc.Filters;

/// <summary>Composes filters once, so that a call through them costs no closures.</summary>
internal static class FilterChain
{
    /// <summary>Composes client filters.</summary>
    /// <param name="filters">The filters, the outermost first.</param>
    /// <param name="last">What the innermost one's <c>next</c> does.</param>
    /// <returns>What the caller calls; <see langword="null"/> if there are no filters.</returns>
    public static Func<RpcClientCallContext, ValueTask>? Compose(
        IEnumerable<IRpcClientFilter> filters, Func<RpcClientCallContext, ValueTask> last) =>
        Compose(filters.Select(static filter => (Around<RpcClientCallContext>)filter.InvokeAsync), last);

    /// <summary>Composes server filters.</summary>
    /// <param name="filters">The filters, the outermost first.</param>
    /// <param name="last">What the innermost one's <c>next</c> does.</param>
    /// <returns>What the server calls; <see langword="null"/> if there are no filters.</returns>
    public static Func<RpcCallContext, ValueTask>? Compose(IEnumerable<IRpcServerFilter> filters, Func<RpcCallContext, ValueTask> last) =>
        Compose(filters.Select(static filter => (Around<RpcCallContext>)filter.InvokeAsync), last);

    private delegate ValueTask Around<TContext>(TContext context, Func<TContext, ValueTask> next);

    private static Func<TContext, ValueTask>? Compose<TContext>(IEnumerable<Around<TContext>> filters, Func<TContext, ValueTask> last)
    {
        var all = filters.Reverse().ToArray();
        return all.Length == 0 ? null : all.Aggregate(last, static (next, filter) => context => filter(context, next));
    }
}
