using Rpc.Transport;

namespace Rpc.Server;

/// <summary>Serves one contract with one object for all calls.</summary>
/// <typeparam name="T">The contract.</typeparam>
internal sealed class ServiceHost<T>(RpcContract<T> contract, T service, ServiceContext context, RequestQueue queue, int maxConcurrency)
    : ServiceHost(context, queue, maxConcurrency)
    where T : class
{
    /// <inheritdoc/>
    protected override ValueTask DispatchAsync(ReceivedCall call) => contract.Dispatcher.DispatchAsync(service, call);
}
