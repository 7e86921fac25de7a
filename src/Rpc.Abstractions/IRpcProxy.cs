using System.ComponentModel;

namespace Rpc;

/// <summary>Implemented by every generated proxy, so that its generated <c>With</c> finds what carries its calls.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IRpcProxy
{
    /// <summary>What carries the proxy's calls.</summary>
    IRpcInvoker Invoker { get; }
}
