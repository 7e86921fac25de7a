using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Rpc;

namespace Samples.Orders;

/// <summary>Makes an HTTP response of a call that failed: a problem (RFC 9457) with the refusal's detail in it.</summary>
internal sealed class RpcProblems(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && http.RequestAborted.IsCancellationRequested)
        {
            http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest; // nobody reads it but the log
            return true;
        }

        if (exception is not RpcException failure)
            return false;

        http.Response.StatusCode = StatusOf(failure.Status);
        if (failure.Status == RpcStatus.Unavailable && !failure.MayHaveRun)
            http.Response.Headers.RetryAfter = "1";
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = http, ProblemDetails = Describe(failure, http.Response.StatusCode) });
    }

    // The message of a refusal is the service's own words, made for its callers. That of any other failure names queues and brokers, and stays inside.
    private static ProblemDetails Describe(RpcException failure, int status)
    {
        var isRefusal = failure.Reason == RpcReason.None;
        var problem = new ProblemDetails { Status = status, Title = failure.Status.ToString(), Detail = isRefusal ? failure.Message : null };
        problem.Extensions["reason"] = failure.Reason.ToString();
        problem.Extensions["mayHaveRun"] = failure.MayHaveRun;
        if (isRefusal && failure.Status == RpcStatus.FailedPrecondition && failure.GetDetail<Shortage>() is { } shortage)
            problem.Extensions["missing"] = shortage.Missing;
        return problem;
    }

    private static int StatusOf(RpcStatus status) => status switch
    {
        RpcStatus.InvalidArgument or RpcStatus.OutOfRange => StatusCodes.Status400BadRequest,
        RpcStatus.Unauthenticated => StatusCodes.Status401Unauthorized,
        RpcStatus.PermissionDenied => StatusCodes.Status403Forbidden,
        RpcStatus.NotFound => StatusCodes.Status404NotFound,
        RpcStatus.AlreadyExists or RpcStatus.FailedPrecondition or RpcStatus.Aborted => StatusCodes.Status409Conflict,
        RpcStatus.ResourceExhausted => StatusCodes.Status429TooManyRequests,
        RpcStatus.Unimplemented => StatusCodes.Status501NotImplemented,
        RpcStatus.Unavailable => StatusCodes.Status503ServiceUnavailable,
        RpcStatus.DeadlineExceeded => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status500InternalServerError,
    };
}
