using System.ComponentModel;

namespace Rpc;

/// <summary>Calls a service's method for a received call. Generated per contract; stateless and thread-safe.</summary>
/// <typeparam name="T">The contract.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IRpcDispatcher<in T>
    where T : class
{
    /// <summary>Reads the arguments, calls the method that the call names, and replies with its result.</summary>
    /// <param name="service">The user's service.</param>
    /// <param name="call">The received call.</param>
    /// <returns>Completes when the reply is encoded. Whatever the service throws comes through; the server makes a fault of it.</returns>
    ValueTask DispatchAsync(T service, RpcCall call);
}
