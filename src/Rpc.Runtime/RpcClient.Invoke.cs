using Rpc.Calls;
using Rpc.Client;
using Rpc.Client.Retry;
using Rpc.Serialization;
using Rpc.Transport;

namespace Rpc;

/// <content>One call: from the proxy's method to its sender.</content>
public sealed partial class RpcClient
{
    /// <summary>Makes one call; see <see cref="IRpcInvoker.InvokeAsync"/>.</summary>
    internal Task<TResult> InvokeAsync<TArgs, TResult>(
        RpcInvoker invoker, RpcMethod<TArgs, TResult> method, TArgs arguments, CancellationToken cancellationToken)
    {
        var site = new CallSite(method, invoker.Route.Queue ?? method.Queue, _options.TimeProvider, _options.TimeProvider.GetTimestamp());
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<TResult>(cancellationToken);
        }

        if (_calls.IsDisposed)
        {
            return Task.FromException<TResult>(new ObjectDisposedException(nameof(RpcClient), $"{method.Type} was called after the client was disposed."));
        }

        var bare = (invoker.Route.Wire ?? method.Wire) == RpcWire.Bare;
        var payload = new PayloadWriter(_options.MaxRequestSize);
        try
        {
            Encode(invoker.Serializer, method, arguments, payload, bare);
        }
        catch (Exception exception)
        {
            payload.Dispose();
            return Task.FromException<TResult>(CallFailures.BadArguments(site, exception));
        }

        var retry = invoker.Options.Retry ?? _options.Retry;
        return retry.MaxAttempts == 1
            ? Start<TResult>(invoker, site, payload, bare, cancellationToken)
            : RetryAsync<TResult>(invoker, site, payload, bare, retry, cancellationToken);
    }

    // Every attempt sends the same bytes: the caller may have changed its arguments meanwhile.
    private async Task<TResult> RetryAsync<TResult>(
        RpcInvoker invoker, CallSite site, PayloadWriter payload, bool bare, RpcRetryOptions retry, CancellationToken cancellationToken)
    {
        using (payload)
        {
            try
            {
                _retryBudget.Earn();
                return await Start<TResult>(invoker, site, payload.Share(), bare, cancellationToken).ConfigureAwait(false);
            }
            catch (RpcException failure) when (RetryRules.Allows(failure, site.Method))
            {
                return await new RetryingCall(site, ShortestTimeout(site.Method, invoker.Options), retry, _retryBudget)
                    .ContinueAsync(failure, () => Start<TResult>(invoker, site, payload.Share(), bare, cancellationToken), cancellationToken)
                    .ConfigureAwait(false);
            }
        }
    }

    private static void Encode<TArgs, TResult>(
        IRpcSerializer serializer, RpcMethod<TArgs, TResult> method, TArgs arguments, PayloadWriter payload, bool bare)
    {
        if (bare)
        {
            RouteRules.BareOf(method).Write(serializer, payload, arguments);
        }
        else
        {
            serializer.Serialize(payload, arguments);
        }
    }

    private Task<TResult> Start<TResult>(RpcInvoker invoker, in CallSite site, PayloadWriter payload, bool bare, CancellationToken cancellationToken)
    {
        if (!(invoker.Options.WaitForReady ?? _options.WaitForReady) && _transport.Link is not { IsOpen: true })
        {
            payload.Dispose();
            return Task.FromException<TResult>(CallFailures.NotConnected(site));
        }

        var timeout = ShortestTimeout(site.Method, invoker.Options);
        var sender = _senders.GetOrAdd(site.Queue, static (_, transport) => new RequestSender(transport), _transport);
        var call = new PendingCall<TResult>(_calls, site, timeout, payload, invoker.Serializer, _options.MaxReplySize)
        {
            Sender = sender,
            Bare = bare,
            ContentType = invoker.Serializer.ContentType,
        };

        // The order matters: the table first, so that whatever ends the call from now on finds it there and takes it out again.
        _calls.Add(call, timeout - site.Elapsed);
        if (cancellationToken.CanBeCanceled)
        {
            call.CancelWith(cancellationToken);
        }

        sender.Add(call);
        return call.Task;
    }

    private TimeSpan ShortestTimeout(RpcMethod method, RpcCallOptions options)
    {
        var timeout = _options.Timeout;
        timeout = method.Timeout < timeout ? method.Timeout.Value : timeout;
        return options.Timeout < timeout ? options.Timeout.Value : timeout;
    }
}
