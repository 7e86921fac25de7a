using Rpc.Diagnostics;
using Rpc.Serialization;
using Rpc.Transport;

namespace Rpc.Server;

/// <summary>
/// Sends the one reply of each call of a service, then acknowledges its request. Where the connection was lost meanwhile, the reply waits for the next one.
/// </summary>
/// <param name="running">The service's running calls.</param>
/// <param name="context">The service.</param>
/// <param name="listener">The service's listener; there is one before the first call comes.</param>
internal sealed class ReplySender(RunningCalls running, ServiceContext context, Func<IServiceListener?> listener)
{
    // For callers that name no deadline.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(5);

    /// <summary>Replies to a call and settles it.</summary>
    /// <param name="call">The call, in <see cref="RunningCalls"/>.</param>
    /// <param name="fault">What went wrong; <see langword="null"/> if nothing did.</param>
    public Task ReplyAsync(ReceivedCall call, Fault? fault) =>
        call.Properties.ReplyTo is null ? SettleUnansweredAsync(call, fault) : SendAsync(call, call.ToReply(fault));

    /// <summary>Sends a reply that has been made, and settles its call.</summary>
    /// <param name="call">The call, in <see cref="RunningCalls"/>.</param>
    /// <param name="reply">The reply.</param>
    public async Task SendAsync(ReceivedCall call, ReplyMessage reply)
    {
        while (true)
        {
            var delivery = call.Delivery;
            var sent = await delivery.TryReplyAsync(reply).ConfigureAwait(false) || await TryReplyLateAsync(call, reply).ConfigureAwait(false);
            call.IsAnswered |= sent;
            if (!sent)
            {
                context.Log.ReplyLost(context.Contract.Service, call.Method);
            }

            // Adopted in between: the reply may have been lost with the former connection, and the request is to be acknowledged on the new one.
            if (!running.TryFinish(call, delivery, sent ? reply : null))
            {
                continue;
            }

            if (sent)
            {
                await delivery.AcknowledgeAsync().ConfigureAwait(false);
            }

            return;
        }
    }

    /// <summary>
    /// Answers and settles a call in whose serving something has failed that should not: a request that is neither answered nor settled keeps its caller until
    /// the deadline, and one of the service's places for ever. Never throws.
    /// </summary>
    /// <param name="call">The call.</param>
    public async Task GiveUpAsync(ReceivedCall call)
    {
        IDelivery delivery;
        do
        {
            delivery = call.Delivery;
            try
            {
                if (!call.IsAnswered && call.Properties.ReplyTo is not null)
                {
                    await delivery.TryReplyAsync(call.ToLastReply()).ConfigureAwait(false);
                }
            }
            catch (Exception exception)
            {
                context.Log.ServingFailed(exception, context.Contract.Service);
            }

            try
            {
                await delivery.AcknowledgeAsync().ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                context.Log.ServingFailed(exception, context.Contract.Service);
            }
        }
        while (!running.TryFinish(call, delivery, reply: null));
    }

    private async Task<bool> TryReplyLateAsync(ReceivedCall call, ReplyMessage reply)
    {
        var left = call.TimeLeft is { } time && time < s_longestWait ? time : s_longestWait;
        if (left <= TimeSpan.Zero || context.Bare || listener() is not { } next)
        {
            return false;
        }

        using var giveUp = new CancellationTokenSource(left, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(giveUp.Token, context.Stopping);
        return await next.TryReplyLateAsync(call.Properties.ReplyTo!, reply, either.Token).ConfigureAwait(false);
    }

    private async Task SettleUnansweredAsync(ReceivedCall call, Fault? fault)
    {
        var delivery = call.Delivery;
        running.TryFinish(call, delivery, reply: null);
        if (!call.OneWay)
        {
            context.Log.NoReplyAddress(context.Contract.Service, call.Served?.Method.Name ?? "an unknown method"); // not in the sender's own words
        }
        else if (fault is { Reason: RpcReason.Redelivered })
        {
            context.Log.OneWayRejected(call.Served!.Method.Type);
        }
        else if (fault is not null)
        {
            context.Log.OneWayFailed(call.Served!.Method.Type, fault.Status, fault.Reason, fault.Message);
        }

        // What was not run, and whose sender cannot be told, is dead-lettered where that is configured.
        if (fault is not null && !call.HasBegun)
        {
            await delivery.RejectAsync().ConfigureAwait(false);
        }
        else
        {
            await delivery.AcknowledgeAsync().ConfigureAwait(false);
        }
    }
}
