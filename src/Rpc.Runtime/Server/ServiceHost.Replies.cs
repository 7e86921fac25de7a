using Rpc.Diagnostics;
using Rpc.Serialization;
using Rpc.Server.Batches;
using Rpc.Transport;

namespace Rpc.Server;

/// <content>One reply to each request, whatever becomes of it, and then its settling.</content>
internal sealed partial class ServiceHost
{
    // In kind: what came in a batch is answered in one.
    private Task ReplyAsync(ReceivedCall call, Fault? fault, bool isLone)
    {
        if (ServerTelemetry.CountsAnswers)
        {
            _context.Telemetry.Answered(call.Served?.Method, call.Age, fault?.Status, fault?.Reason ?? RpcReason.None);
        }

        if (call.Delivery is not BatchedRequest batched || call.Properties.ReplyTo is null)
        {
            return _replies.ReplyAsync(call, fault);
        }

        var reply = call.ToReply(fault);
        call.IsHandedOver = true;
        _gathered.Add(new ReadyReply(call, reply, batched), isLone);
        return Task.CompletedTask;
    }

    // What the draining server does not start any more.
    private Task LeaveAsync(ReceivedCall call) => _context.Bare ? SettleAsync(call, HandBackAsync) : AnswerAsync(call, CallFaults.Draining());

    private async Task HandBackAsync(ReceivedCall call)
    {
        // Not before the consumer is gone: it would get the request right back.
        await _stopped.Task.ConfigureAwait(false);
        await call.Delivery.HandBackAsync().ConfigureAwait(false);
    }

    // The call stays handed over: whoever has run it may not have looked yet whether it is, and must not dispose of it under this.
    private void SendAlone(ReceivedCall call, ReplyMessage reply) => _answering.Run(() => SendAloneAsync(call, reply));

    private async Task SendAloneAsync(ReceivedCall call, ReplyMessage reply)
    {
        try
        {
            await _replies.SendAsync(call, reply).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _context.Log.ServingFailed(exception, _context.Contract.Service);
            await _replies.GiveUpAsync(call).ConfigureAwait(false);
        }

        call.Dispose();
    }

    private async Task SettleAnsweredAsync(ReceivedCall call)
    {
        await _replies.GiveUpAsync(call).ConfigureAwait(false);
        call.Dispose();
    }

    private void Answer(ReceivedCall call, Fault fault) => _answering.Run(() => AnswerAsync(call, fault));

    private Task AnswerAsync(ReceivedCall call, Fault fault) => SettleAsync(call, refused =>
    {
        _running.Add(refused);
        return ReplyAsync(refused, fault, _ready.ServesOnlyOne);
    });

    private void Requeue(ReceivedCall call) => _answering.Run(() => SettleAsync(call, static again => again.Delivery.RequeueAsync().AsTask()));

    private void Repeat(IDelivery delivery, ReplyMessage answer) => _answering.Run(() => RepeatAsync(delivery, answer));

    private async Task RepeatAsync(IDelivery delivery, ReplyMessage answer)
    {
        try
        {
            if (await delivery.TryReplyAsync(answer).ConfigureAwait(false))
            {
                await delivery.AcknowledgeAsync().ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            _context.Log.ServingFailed(exception, _context.Contract.Service);
            await delivery.AcknowledgeAsync().ConfigureAwait(false);
        }
        finally
        {
            delivery.Release();
        }
    }

    private void Settle(IDelivery delivery) => _answering.Run(() => delivery.AcknowledgeAsync().AsTask());

    // Settled whatever happens: a request that is neither answered nor settled holds one of the service's places for ever.
    private async Task SettleAsync(ReceivedCall call, Func<ReceivedCall, Task> serve)
    {
        try
        {
            await serve(call).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await GiveUpAsync(call, exception).ConfigureAwait(false);
        }

        LetGo(call);
    }

    private async Task GiveUpAsync(ReceivedCall call, Exception exception)
    {
        _context.Log.ServingFailed(exception, _context.Contract.Service);
        if (!call.IsHandedOver)
        {
            await _replies.GiveUpAsync(call).ConfigureAwait(false);
        }
    }

    private static void LetGo(ReceivedCall call)
    {
        if (!call.IsHandedOver)
        {
            call.Dispose();
        }
    }
}
