using System.ComponentModel;

namespace Rpc;

/// <summary>What the generated <c>With</c> methods share.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RpcProxy
{
    /// <summary>Makes a proxy whose calls have these options on top of what <paramref name="contract"/> has.</summary>
    /// <typeparam name="T">The contract.</typeparam>
    /// <param name="contract">
    /// A proxy, or any other implementation: then it is returned as it is, since options of a call mean nothing to a call that is not made, and code
    /// under test that uses <c>With</c> works with a stand-in too.
    /// </param>
    /// <param name="options">The options.</param>
    /// <param name="create">Makes a proxy from an invoker.</param>
    /// <returns>The new proxy, or <paramref name="contract"/>.</returns>
    public static T With<T>(T contract, RpcCallOptions options, Func<IRpcInvoker, T> create)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(create);
        return contract is IRpcProxy proxy ? create(InvokerFor<T>(proxy).With(options)) : contract;
    }

    // A proxy of a derived contract that is held as a base contract calls the base's service, and so does what With makes of it.
    private static IRpcInvoker InvokerFor<T>(IRpcProxy proxy)
        where T : class => proxy.Contract is RpcContract<T> ? proxy.Invoker : proxy.Invoker.For(RpcContract<T>.Get());
}
