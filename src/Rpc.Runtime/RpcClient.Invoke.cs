using Rpc.Calls;
using Rpc.Client;
using Rpc.Client.Retry;
using Rpc.Diagnostics;
using Rpc.Serialization;

namespace Rpc;

/// <content>One call: from the proxy's method to its sender.</content>
public sealed partial class RpcClient
{
    /// <summary>Makes one call; see <see cref="IRpcInvoker.InvokeAsync"/>.</summary>
    internal Task<TResult> InvokeAsync<TArgs, TResult>(
        RpcInvoker invoker, RpcMethod<TArgs, TResult> method, TArgs arguments, CancellationToken cancellationToken) =>
        ClientTelemetry.IsOn
            ? InvokeObservedAsync(invoker, method, arguments, cancellationToken)
            : InvokeUnobservedAsync(invoker, method, arguments, cancellationToken);

    private Task<TResult> InvokeUnobservedAsync<TArgs, TResult>(
        RpcInvoker invoker, RpcMethod<TArgs, TResult> method, TArgs arguments, CancellationToken cancellationToken)
    {
        var target = invoker.TargetOf(method);
        var site = target.At(target.Time.GetTimestamp());
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<TResult>(cancellationToken);
        }

        if (_calls.IsDisposed)
        {
            return Task.FromException<TResult>(new ObjectDisposedException(nameof(RpcClient), $"{method.Type} was called after the client was disposed."));
        }

        var served = RpcCallContext.Current;
        var unsendable = TryEncode(target, method, arguments, site, out var payload);
        var badHeaders = TryGetHeaders(invoker, served, site, out var headers);
        unsendable ??= badHeaders;
        var request = new CallRequest(invoker, target, site.Started, ShortestTimeout(method, invoker.Options, served), payload)
        {
            Headers = headers,
            CallersToken = cancellationToken,
            ServedCallsToken = served?.CancellationToken ?? CancellationToken.None,
        };
        if (_filters is { } filters)
        {
            return new FilteredCall<TResult>(this, request, unsendable).RunAsync(filters);
        }

        if (unsendable is not null)
        {
            payload.Dispose();
            return Task.FromException<TResult>(unsendable);
        }

        return StartAsync<TResult>(request, replyHeaders: null, now: site.Started);
    }

    /// <summary>Starts a call, which is made again where its proxy's options say so.</summary>
    /// <param name="request">The call.</param>
    /// <param name="replyHeaders">Gets the headers of its replies.</param>
    /// <param name="now">The time, in the client's timestamps.</param>
    internal Task<TResult> StartAsync<TResult>(in CallRequest request, IReplyHeadersReceiver? replyHeaders, long now)
    {
        if (!_calls.TryEnter(_options.MaxInFlight))
        {
            request.Payload.Dispose();
            return Task.FromException<TResult>(CallFailures.TooManyInFlight(request.Site, _options.MaxInFlight));
        }

        _retryBudget.Earn();
        var call = new PendingCall<TResult>(request.Target, request.Started, request.Timeout, request.Payload)
        {
            WaitForReady = request.Invoker.Options.WaitForReady ?? _options.WaitForReady,
            Extras = CallExtras.Of(TracedHeaders.Add(request.Headers), replyHeaders, request.CallersToken, request.ServedCallsToken),
        };
        if (call.Target.KeepsArguments)
        {
            call.Payload.Share(); // for the next attempt: the caller may change its arguments meanwhile
        }

        Start(call, now);
        return call.Task;
    }

    /// <summary>Makes a failed call again, inside the deadline that it had.</summary>
    /// <param name="failed">The call.</param>
    /// <param name="attempt">Which attempt this is.</param>
    internal Task<TResult> StartAgainAsync<TResult>(PendingCall<TResult> failed, int attempt)
    {
        var call = failed.Again(attempt);
        Start(call, _options.TimeProvider.GetTimestamp());
        return call.Task;
    }

    /// <summary>Makes what all calls of a method through one proxy have in common.</summary>
    /// <param name="invoker">The proxy's.</param>
    /// <param name="method">The method.</param>
    internal CallTarget CreateTarget(RpcInvoker invoker, RpcMethod method)
    {
        var queue = invoker.Route.Queue ?? method.Queue;
        return new CallTarget
        {
            Calls = _calls,
            Method = method,
            Queue = queue,
            Time = _options.TimeProvider,
            Sender = SenderOf(queue),
            Serializer = invoker.Serializer,
            MaxReplySize = _options.MaxReplySize,
            Bare = (invoker.Route.Wire ?? method.Wire) == RpcWire.Bare,
            Retrier = invoker.Retrier,
            KeepsArguments = invoker.Retrier is not null || _options.Batching,
        };
    }

    /// <summary>What makes the calls of a proxy again, by its own options or the client's.</summary>
    /// <param name="options">The proxy's.</param>
    internal ICallRetrier? RetrierFor(RpcRetryOptions? options) =>
        options is null || ReferenceEquals(options, _options.Retry) ? _retrier : CreateRetrier(options);

    private CallRetrier? CreateRetrier(RpcRetryOptions options) =>
        options.MaxAttempts == 1 ? null : new CallRetrier(this, options, _options.TimeProvider, _retryBudget);

    /// <summary>The sender of a queue's calls.</summary>
    internal RequestSender SenderOf(string queue) =>
        _senders.TryGetValue(queue, out var sender) ? sender : _senders.GetOrAdd(queue, static (_, client) => client.CreateSender(), this);

    private RequestSender CreateSender() => new(_transport, _calls, new BatchPolicy(_options.TimeProvider, _options.Batching));

    // The order matters: the table first, so that whatever ends the call from now on finds it there and takes it out again.
    private void Start(PendingCall call, long now)
    {
        _calls.Add(call, now);
        call.ListenToTokens();
        if (call.LeftAt(now) <= TimeSpan.Zero)
        {
            call.Fail(_calls.DeadlinePassed); // it is made by a handler whose own call is out of time
            call.Payload.Dispose();
        }
        else if (call.WaitForReady || _transport.Link is { IsOpen: true })
        {
            call.Sender.Add(call, isLone: _calls.InFlight == 1);
            if (!_isStarted)
            {
                _ = StartForAsync(call);
            }
        }
        else
        {
            if (!_isStarted)
            {
                _ = StartForAsync(call); // for those that come later
            }

            call.Fail(static (unsent, _) => CallFailures.NotConnected(unsent.Site));
            call.Payload.Dispose(); // the share of a sender that never got it
        }
    }

    private RpcException? TryEncode<TArgs, TResult>(
        CallTarget target, RpcMethod<TArgs, TResult> method, TArgs arguments, in CallSite site, out SharedPayload payload)
    {
        var writer = PayloadWriter.Rent(_options.MaxRequestSize);
        RpcException? unsendable = null;
        try
        {
            if (target.Bare)
            {
                RouteRules.BareOf(method).Write(target.Serializer, writer, arguments);
            }
            else
            {
                target.Serializer.Serialize(writer, arguments);
            }
        }
        catch (Exception exception)
        {
            writer.Clear();
            unsendable = CallFailures.BadArguments(site, exception);
        }

        payload = SharedPayload.Keep(writer);
        return unsendable;
    }

    // A call that a handler makes has no more time than the call that the handler serves.
    private TimeSpan ShortestTimeout(RpcMethod method, RpcCallOptions options, RpcCallContext? served)
    {
        var timeout = _options.Timeout;
        timeout = method.Timeout < timeout ? method.Timeout.Value : timeout;
        timeout = options.Timeout < timeout ? options.Timeout.Value : timeout;
        return served?.TimeLeft is { } left && left < timeout ? left : timeout;
    }

    // Nothing passes from the call that is served to those that its handler makes but what the options name.
    private RpcException? TryGetHeaders(RpcInvoker invoker, RpcCallContext? served, in CallSite site, out RpcHeaders? headers)
    {
        headers = invoker.Options.Headers;
        if (served is null || _options.PassedOnHeaders.Count == 0)
        {
            return null;
        }

        try
        {
            headers = Merge(served, headers);
            return null;
        }
        catch (ArgumentException exception)
        {
            return CallFailures.BadArguments(site, exception); // a foreign caller's headers may be larger than ours
        }
    }

    private RpcHeaders? Merge(RpcCallContext served, RpcHeaders? own)
    {
        var headers = new RpcHeaders();
        var received = served.Headers; // may be a copy, without the trace
        foreach (var name in _options.PassedOnHeaders)
        {
            if (received.TryGetValue(name, out var value))
            {
                headers[name] = value;
            }
        }

        foreach (var (name, value) in own ?? [])
        {
            headers[name] = value;
        }

        return headers.Count > 0 ? headers : null;
    }
}
