using Rpc.Calls;
using Rpc.Serialization;

namespace Rpc.Client;

/// <summary>A call that goes through client filters, with its result.</summary>
/// <typeparam name="TResult">The result's type.</typeparam>
/// <param name="client">The client.</param>
/// <param name="request">What is asked.</param>
/// <param name="unsendable">Why the call cannot be sent; <see langword="null"/> if it can. Filters are to see that failure too.</param>
internal sealed class FilteredCall<TResult>(RpcClient client, CallRequest request, RpcException? unsendable) : FilteredCall(client, request)
{
    private TResult? _result;
    private bool _hasResult = typeof(TResult) == typeof(RpcVoid);
    private bool _mayHaveRun;
    private volatile bool _isSent;
    private volatile bool _hasEnded;

    /// <inheritdoc/>
    public override object? Result
    {
        get => typeof(TResult) == typeof(RpcVoid) ? null : _result;
        set
        {
            if (typeof(TResult) == typeof(RpcVoid))
            {
                return;
            }

            if (value is not TResult && !(value is null && default(TResult) is null))
            {
                throw new InvalidCastException($"The result of {Method} is a {typeof(TResult)}, and a filter set a {value?.GetType().ToString() ?? "null"}.");
            }

            _result = (TResult?)value;
            _hasResult = true;
        }
    }

    /// <summary>Runs the filters, and the call inside them.</summary>
    /// <param name="filters">The composed filters.</param>
    public async Task<TResult> RunAsync(Func<RpcClientCallContext, ValueTask> filters)
    {
        var running = RunToTheirEndAsync(filters);
        await Task.WhenAny(running, Bounds.Reached).ConfigureAwait(false);
        if (!running.IsCompleted)
        {
            _ = running.ContinueWith(static left => left.Exception, TaskScheduler.Default); // nobody else looks at how they end
            throw Bounds.ToException(_isSent)!;
        }

        try
        {
            return await running.ConfigureAwait(false);
        }
        catch (OperationCanceledException cancelled) when (cancelled.CancellationToken == Bounds.Token && Bounds.ToException(_isSent) is { } end)
        {
            throw end; // a filter's own wait ended by the context's token, which is not the caller's
        }
    }

    private async Task<TResult> RunToTheirEndAsync(Func<RpcClientCallContext, ValueTask> filters)
    {
        try
        {
            await filters(this).ConfigureAwait(false);
        }
        catch (RpcException thrown) when (thrown.Failure is null)
        {
            throw CallFailures.FromFilter(Request.Site, thrown, _mayHaveRun);
        }
        catch (RpcException last) when (_mayHaveRun && last is { MayHaveRun: false, Failure: { } of })
        {
            // A filter has made the call more than once, and what the last attempt promises holds for that one only.
            throw CallFailures.MayHaveRunBefore(of, last);
        }
        finally
        {
            Bounds.Dispose();
            _hasEnded = true;
            Request.Payload.Dispose();
        }

        return _hasResult
            ? _result!
            : throw new InvalidOperationException($"A client filter ended the call of {Method} without calling next, setting Result or throwing.");
    }

    /// <inheritdoc/>
    protected override async ValueTask SendAsync()
    {
        if (unsendable is not null)
        {
            throw unsendable;
        }

        var arguments = ShareArguments();
        try
        {
            _isSent = true;
            var sent = Request with { Payload = arguments, Headers = Headers.Count > 0 ? new RpcHeaders(Headers) : null };
            _result = await Client.StartAsync<TResult>(sent, this, sent.Target.Time.GetTimestamp()).ConfigureAwait(false);
            _hasResult = _mayHaveRun = true;
        }
        catch (RpcException failure)
        {
            _mayHaveRun |= failure.MayHaveRun;
            throw;
        }
        catch (OperationCanceledException)
        {
            _mayHaveRun = true;
            throw;
        }
    }
    // A filter that goes on when its call is over must be told so, whether or not the arguments are still there.
    private SharedPayload ShareArguments()
    {
        try
        {
            ObjectDisposedException.ThrowIf(_hasEnded, this);
            return Request.Payload.Share();
        }
        catch (ObjectDisposedException)
        {
            throw new InvalidOperationException($"A client filter called next when the call of {Method} had ended.");
        }
    }
}
