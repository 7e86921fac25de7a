using Rpc;

namespace Samples.Orders;

/// <summary>Sends the id of the HTTP request with each call, for the services' logs.</summary>
internal sealed class SendRequestId(IHttpContextAccessor http) : IRpcClientFilter
{
    public const string Header = "request-id";

    public ValueTask InvokeAsync(RpcClientCallContext context, Func<RpcClientCallContext, ValueTask> next)
    {
        if (http.HttpContext is { } request)
            context.Headers[Header] = request.TraceIdentifier;
        return next(context);
    }
}
