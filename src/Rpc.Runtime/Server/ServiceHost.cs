using Rpc.Diagnostics;
using Rpc.Serialization;
using Rpc.Transport;

namespace Rpc.Server;

/// <summary>Serves one contract: takes its requests, runs them, and sees to it that each is answered once and then settled.</summary>
internal sealed class ServiceHost : IRequestReceiver
{
    private readonly object _service;
    private readonly ReadyQueue _ready;
    private IServiceListener? _listener;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _draining;

    public ServiceHost(object service, ServiceContext context, RequestQueue queue, int maxConcurrency)
    {
        _service = service;
        Context = context;
        Queue = queue;
        _ready = new ReadyQueue(maxConcurrency, ServeAsync);
    }

    /// <summary>The request queue.</summary>
    public RequestQueue Queue { get; }

    /// <summary>What the calls have in common.</summary>
    private ServiceContext Context { get; }

    /// <summary>Starts taking requests.</summary>
    public async Task StartAsync(IServerTransport transport, CancellationToken cancellationToken) =>
        _listener = await transport.ListenAsync(Queue, this, cancellationToken).ConfigureAwait(false);

    /// <summary>Takes no more requests, and refuses those that have not started.</summary>
    public async Task StopTakingAsync()
    {
        _draining = true;
        try
        {
            if (_listener is { } listener)
            {
                await listener.StopAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _stopped.TrySetResult();
        }
    }

    /// <summary>Completes when every request that was taken is answered.</summary>
    public Task WhenIdleAsync() => _ready.WhenIdleAsync();

    /// <summary>Gives up what is not settled.</summary>
    public async ValueTask CloseAsync()
    {
        if (_listener is { } listener)
        {
            await listener.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Received(IDelivery delivery) => _ready.Add(new ReadyRequest(delivery, Context.Time.GetTimestamp()));

    private async Task ServeAsync(ReadyRequest request)
    {
        var delivery = request.Delivery;
        try
        {
            if (!delivery.IsLive)
            {
                return; // the broker gives it to another server, or to this one again
            }

            if (_draining && Context.Bare)
            {
                // Not before the consumer is gone: it would get the request right back.
                await _stopped.Task.ConfigureAwait(false);
                await delivery.HandBackAsync().ConfigureAwait(false);
                return;
            }

            var method = Context.Find(delivery.Properties);
            if (method is { OneWay: true, Idempotent: false } && delivery.Properties.Redelivered)
            {
                Context.Log.OneWayRejected(method.Type);
                await delivery.RejectAsync().ConfigureAwait(false);
                return;
            }

            using var call = new ReceivedCall(Context, request, method?.Name ?? Context.NameOf(delivery.Properties));
            var fault = Refusal(delivery, call, method) ?? await RunAsync(call).ConfigureAwait(false);
            if (delivery.Properties.ReplyTo is null)
            {
                LogUnanswered(method, call, fault);
            }
            else if (!await delivery.TryReplyAsync(call.ToReply(fault)).ConfigureAwait(false))
            {
                Context.Log.ReplyLost(Context.Contract.Service, call.Method);
                return; // the broker delivers it again, and then its caller is told
            }

            await delivery.AcknowledgeAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Settled all the same: a request that is neither answered nor settled holds one of the service's places for ever.
            Context.Log.ServingFailed(exception, Context.Contract.Service);
            await delivery.AcknowledgeAsync().ConfigureAwait(false);
        }
    }

    private async Task<Fault?> RunAsync(ReceivedCall call)
    {
        try
        {
            await Context.Contract.DispatchAsync(_service, call).ConfigureAwait(false);
            return null;
        }
        catch (CallRejectedException)
        {
            return null; // the call has recorded why
        }
        catch (Exception exception)
        {
            return CallFaults.FromHandler(exception, call, Context);
        }
    }

    // Everything that can be known before the method is looked up. The reply address was read before, so whatever is wrong can be answered.
    private Fault? Refusal(IDelivery delivery, ReceivedCall call, RpcMethod? method)
    {
        // A one-way call has nobody who could make it again elsewhere, so what was taken is run.
        if (_draining && method is not { OneWay: true })
        {
            return CallFaults.Draining();
        }

        if (call.Left <= TimeSpan.Zero)
        {
            return CallFaults.Expired();
        }

        var properties = delivery.Properties;
        if (properties.Problem is { } problem)
        {
            return CallFaults.BadRequest(problem);
        }

        if (!ContentTypes.IsPlain(properties.ContentEncoding))
        {
            return CallFaults.BadRequest($"its content encoding is '{properties.ContentEncoding}', and none is known");
        }

        if (delivery.Body.Length > Context.MaxRequestSize)
        {
            return CallFaults.BadRequest($"it has {delivery.Body.Length} bytes, and this server's {nameof(RpcOptions.MaxRequestSize)} allows {Context.MaxRequestSize}");
        }

        return Context.Bare ? null : StandardRefusal(properties, method);
    }

    private Fault? StandardRefusal(in RequestProperties properties, RpcMethod? method)
    {
        // The one kind of call that is run again: nobody waits for it who could be told, and its author has said that it does no harm.
        if (properties.Redelivered && method is not { OneWay: true, Idempotent: true })
        {
            return CallFaults.Redelivered();
        }

        if (properties.ContentType is { } contentType && !ContentTypes.AreSame(contentType, Context.Serializer.ContentType))
        {
            return CallFaults.BadRequest($"its content type is '{contentType}', and this server reads '{Context.Serializer.ContentType}'");
        }

        var service = Context.Contract.Service;
        if (properties.Type is not { } type || !type.Contains('/', StringComparison.Ordinal))
        {
            return CallFaults.BadRequest($"it names no method: the AMQP property 'type' must be the service's name, a slash and the method's name, such as '{service}/{Context.Contract.Methods[0].Name}'");
        }

        var asked = type[..type.LastIndexOf('/')];
        return asked == service ? null : CallFaults.UnknownService(asked, service);
    }

    private void LogUnanswered(RpcMethod? method, ReceivedCall call, Fault? fault)
    {
        if (method is not { OneWay: true })
        {
            Context.Log.NoReplyAddress(Context.Contract.Service, call.Method);
        }
        else if (call.FaultOr(fault) is { } failed)
        {
            Context.Log.OneWayFailed(method.Type, failed.Status, failed.Reason, failed.Message);
        }
    }
}
