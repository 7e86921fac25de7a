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
        return contract is IRpcProxy proxy ? create(proxy.Invoker.With(options)) : contract;
    }
}
