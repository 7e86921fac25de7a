using Rpc.Diagnostics;
using Rpc.Filters;
using Rpc.Serialization;

namespace Rpc.Server;

/// <summary>Runs the calls of one service: filters, dispatcher, service. Thread-safe.</summary>
internal sealed class CallRunner
{
    private readonly ServiceContext _context;
    private readonly ServiceSource _service;
    private readonly Func<RpcCallContext, ValueTask> _run;

    public CallRunner(ServiceSource service, ServiceContext context, IEnumerable<IRpcServerFilter> filters)
    {
        _service = service;
        _context = context;
        _run = FilterChain.Compose(filters, DispatchAsync) ?? DispatchAsync;
    }

    /// <summary>Runs a call.</summary>
    /// <param name="call">The call.</param>
    /// <returns>What its caller is told; <see langword="null"/> if it has a result.</returns>
    public Task<Fault?> RunAsync(ReceivedCall call) => ServerTelemetry.IsOn ? RunObservedAsync(call) : RunUnobservedAsync(call);

    private async Task<Fault?> RunObservedAsync(ReceivedCall call)
    {
        using var observed = _context.Telemetry.Begin(call.Served?.Method, call.Properties.Headers, call.Attempt, call.Waited);
        var fault = await RunUnobservedAsync(call).ConfigureAwait(false);
        observed.End(fault?.Status, fault?.Reason ?? RpcReason.None);
        return fault;
    }

    private async Task<Fault?> RunUnobservedAsync(ReceivedCall call)
    {
        // Ends with this method, as everything does that an asynchronous method does to its context.
        RpcCallContext.Enter(call);
        try
        {
            call.EnterScope(_service.Scopes);
            await _run(call).ConfigureAwait(false);
            return call.HasReply ? null : throw new InvalidOperationException(
                $"A server filter ended the call of {call.Service}/{call.Method} without calling next, or caught what it threw.");
        }
        catch (CallRejectedException rejected)
        {
            return rejected.Fault;
        }
        catch (Exception exception)
        {
            return CallFaults.FromHandler(exception, call, _context);
        }
    }

    private ValueTask DispatchAsync(RpcCallContext context)
    {
        var call = ReceivedCall.Of(context);
        return _context.Contract.DispatchAsync(_service.Get(call.Services), call);
    }
}
