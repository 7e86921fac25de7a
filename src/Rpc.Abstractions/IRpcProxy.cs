using System.ComponentModel;

namespace Rpc;

/// <summary>Implemented by every generated proxy, so that its generated <c>With</c> finds what carries its calls.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IRpcProxy
{
    /// <summary>What carries the proxy's calls.</summary>
    IRpcInvoker Invoker { get; }

    /// <summary>The contract that the proxy was made for; its invoker has that one's route, whatever base interface the proxy is held as.</summary>
    RpcContract Contract { get; }
}
