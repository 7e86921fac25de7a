using System.Diagnostics;
using Rpc;

namespace Samples.Orders;

/// <summary>A line in the log for each call that a server serves, with the id of the HTTP request that it belongs to.</summary>
internal sealed partial class CallLog(ILogger<CallLog> log) : IRpcServerFilter
{
    public async ValueTask InvokeAsync(RpcCallContext context, Func<RpcCallContext, ValueTask> next)
    {
        var started = Stopwatch.GetTimestamp();
        var outcome = "Ok";
        try
        {
            await next(context);
        }
        catch (Exception exception)
        {
            outcome = exception is RpcException failure ? failure.Status.ToString() : exception.GetType().Name;
            throw;
        }
        finally
        {
            Served(context.Service, context.Method, outcome, Stopwatch.GetElapsedTime(started).TotalMilliseconds, context.Headers.GetValueOrDefault(SendRequestId.Header));
        }
    }

    [LoggerMessage(1, LogLevel.Information, "{Service}/{Method}: {Outcome} after {Milliseconds:F1} ms, for request {Request}")]
    private partial void Served(string service, string method, string outcome, double milliseconds, string? request);
}
