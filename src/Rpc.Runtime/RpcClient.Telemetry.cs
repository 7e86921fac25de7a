using Rpc.Client;
using Rpc.Diagnostics;

namespace Rpc;

/// <content>What is told of calls to whoever listens. It wraps the call, so that there is one way to make it.</content>
public sealed partial class RpcClient
{
    /// <summary>What is told of the client's calls.</summary>
    internal ClientTelemetry Telemetry => _telemetry;

    // The method is asynchronous so that the span is current inside of it, and its caller's is when it returns.
    private async Task<TResult> InvokeObservedAsync<TArgs, TResult>(
        RpcInvoker invoker, RpcMethod<TArgs, TResult> method, TArgs arguments, CancellationToken cancellationToken)
    {
        using var observed = _telemetry.Begin(method, invoker.TargetOf(method).Queue);
        try
        {
            var result = await InvokeUnobservedAsync(invoker, method, arguments, cancellationToken).ConfigureAwait(false);
            observed.Succeeded();
            return result;
        }
        catch (Exception exception)
        {
            observed.Failed(exception);
            throw;
        }
    }

    private IEnumerable<(string Queue, RpcMethod Method, double Microseconds)> ReadCosts() =>
        _senders.SelectMany(static sender => sender.Value.Policy.Costs.Select(cost => (sender.Key, cost.Method, cost.Microseconds)));
}
