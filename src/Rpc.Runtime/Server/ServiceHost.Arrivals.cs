using Rpc.Batching;
using Rpc.Serialization;
using Rpc.Server.Batches;
using Rpc.Transport;

namespace Rpc.Server;

/// <content>What becomes of a request when it arrives.</content>
internal sealed partial class ServiceHost : IRequestReceiver
{
    /// <inheritdoc/>
    public void Received(IDelivery delivery)
    {
        var arrived = _context.Time.GetTimestamp();
        ref readonly var properties = ref delivery.Properties;
        if (properties.ContentType == BatchFormat.ContentType && properties.Problem is null && !_context.Bare)
        {
            ReceivedBatch(delivery, arrived);
            return;
        }

        _context.Telemetry.MessageReceived(1);
        if (TryAdmit(delivery, arrived) is { } call && !_ready.TryAdd(call, always: call.OneWay || _context.Bare))
        {
            AnswerBusy(call);
        }
    }

    // A batch is only an envelope: from here on its calls have nothing in common but the acknowledgement.
    private void ReceivedBatch(IDelivery delivery, long arrived)
    {
        var requests = BatchSplitter.Split(delivery, _context, out var problem);
        if (problem is not null)
        {
            Answer(new ReceivedCall(_context, delivery, arrived), CallFaults.BadBatch(problem));
        }

        _context.Telemetry.MessageReceived(requests.Length);
        var calls = new ReceivedCall[requests.Length];
        var admitted = 0;
        try
        {
            foreach (var request in requests)
            {
                if (TryAdmit(request, arrived) is { } call)
                {
                    calls[admitted] = call;
                    admitted++;
                }
            }
        }
        finally
        {
            _ready.AddAll(calls.AsSpan(0, admitted))?.ForEach(AnswerBusy); // whatever becomes of the others
        }
    }

    // The call that is to run; null if there is none, or it has been turned down.
    private ReceivedCall? TryAdmit(IDelivery delivery, long arrived)
    {
        ref readonly var properties = ref delivery.Properties;
        if (properties.Redelivered && IsOwn(delivery))
        {
            return null;
        }

        var call = new ReceivedCall(_context, delivery, arrived);
        if (Refuse(call) is { } fault)
        {
            Answer(call, fault);
            return null;
        }

        if (properties.Redelivered && !properties.BrokerCounts)
        {
            Requeue(call); // so that somebody counts; it is run when it comes again
            return null;
        }

        return call;
    }

    private void AnswerBusy(ReceivedCall call) => Answer(call, CallFaults.Busy(_ready.Count, _running.Count));

    // A request that this server has had before its connection was lost: it still runs, or was answered just now. Only of our own callers: others may
    // give all of their calls one correlation id.
    private bool IsOwn(IDelivery delivery)
    {
        if (_context.Bare || delivery.Properties.AppId != Wire.AppId)
        {
            return false;
        }

        if (_running.TryAdopt(delivery, out var isDuplicate))
        {
            if (isDuplicate)
            {
                Settle(delivery);
            }

            return true;
        }

        if (_running.FindAnswer(delivery.Properties) is not { } answer)
        {
            return false;
        }

        Repeat(delivery, answer);
        return true;
    }

    private Fault? Refuse(ReceivedCall call) =>
        RequestRules.RefuseRedelivered(call, _context)
        ?? (_draining && !call.OneWay && !_context.Bare ? CallFaults.Draining() : RequestRules.RefuseLate(call, call.Arrived) ?? RequestRules.Refuse(call, _context));
}
