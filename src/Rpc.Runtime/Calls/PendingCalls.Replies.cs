using Rpc.Batching;
using Rpc.Diagnostics;
using Rpc.Serialization;
using Rpc.Transport;

namespace Rpc.Calls;

/// <content>What comes to the reply address, and which calls it is about. All of it is the other side's word.</content>
internal sealed partial class PendingCalls
{
    private long _unmatched;

    /// <summary>How many replies and returns named no call: they came late, twice, or from somebody who guesses.</summary>
    public long Unmatched => Interlocked.Read(ref _unmatched);

    /// <summary>Takes what came to the reply address: replies, or a server's word that it is still at it.</summary>
    /// <param name="reply">The message.</param>
    public void Complete(in ReplyMessage reply)
    {
        switch (reply.ContentType)
        {
            case BatchFormat.ContentType:
                CompleteBatch(reply);
                break;
            case Wire.MarkerContentType:
                _silence.MarkerCame(reply.CorrelationId.Text);
                break;
            case Wire.WorkingContentType:
                Announced(reply.CorrelationId, IsInstance(reply.ReplyTo) ? reply.ReplyTo : null);
                break;
            default:
                CompletePlain(reply);
                break;
        }
    }

    /// <summary>Ends the calls whose request came back, since no queue of its name exists.</summary>
    /// <param name="correlationId">The request's.</param>
    public void Return(in CorrelationId correlationId)
    {
        foreach (var returned in FindSent(correlationId))
        {
            returned.Fail(static (call, _) => CallFailures.NoServer(call.Site));
        }
    }

    /// <summary>Ends the one-way call that the broker has answered for.</summary>
    /// <param name="correlationId">The request's.</param>
    /// <param name="taken">Whether the broker has it.</param>
    public void Confirm(in CorrelationId correlationId, bool taken)
    {
        if (Find(correlationId) is not { } call)
        {
            CountUnmatched();
        }
        else if (taken)
        {
            call.Accept();
        }
        else
        {
            call.Fail(static (rejected, _) => CallFailures.Rejected(rejected.Site));
        }
    }

    // A notice is somebody's word: what is published in its name goes to instance queues, and nowhere else.
    private static bool IsInstance(string? queue) =>
        queue is { Length: <= Wire.MaxNameBytes } && queue.StartsWith(Wire.InstanceQueuePrefix, StringComparison.Ordinal);

    private void Announced(in CorrelationId correlationId, string? instance)
    {
        if (Find(correlationId) is { } call)
        {
            _silence.HeardOf(call, instance);
            if (!call.HasEnded)
            {
                return;
            }

            // It has ended in this very moment, and may have looked for its server in vain.
        }

        // The server runs a call of ours that has ended here: cancelled, or given up for another reason. Nobody waits for the result.
        if (instance is not null && Ids.TryParse(correlationId, out _))
        {
            Cancel(instance, correlationId.ToString());
        }
    }

    private void CompletePlain(in ReplyMessage reply)
    {
        if (Find(reply.CorrelationId) is not { } call)
        {
            CompleteWholeBatch(reply);
            return;
        }

        HeardFromServer(call, reply.AppId);
        Complete(call, reply);
    }

    private static void Complete(PendingCall call, in ReplyMessage reply)
    {
        if (call.TryComplete(reply))
        {
            call.Tell();
        }
    }

    // One reply for many calls, from somebody who could not read them, or does not know what a batch is.
    private void CompleteWholeBatch(in ReplyMessage reply)
    {
        var fault = FaultIn(reply);
        foreach (var call in FindSent(reply.CorrelationId))
        {
            call.Sender.Policy.NotUnderstood();
            if (fault is { Reason: RpcReason.Batch, MayHaveRun: false })
            {
                call.SendAgain();
            }
            else if (fault is not null)
            {
                Complete(call, reply);
            }
            else
            {
                call.Fail(static (unread, _) => CallFailures.BadReply(unread.Site, "one reply came for a batch of calls, and it is no fault"));
            }
        }
    }

    private static Fault? FaultIn(in ReplyMessage reply)
    {
        if (reply.ContentType is not { } type || !ContentTypes.AreSame(type, Wire.FaultContentType))
        {
            return null;
        }

        try
        {
            return FaultFormat.Read(reply.Body);
        }
        catch (Exception)
        {
            return null; // JSON that is none, and text that is none
        }
    }

    private void CompleteBatch(in ReplyMessage reply)
    {
        if (!Batch.TryRead(reply.Body, out var batch, out _) || !batch.Nonce.Span.SequenceEqual(Ids.Nonce))
        {
            CountUnmatched();
            return;
        }

        var now = _time.GetTimestamp();
        var ended = new EndedCalls(batch.Count);
        try
        {
            foreach (ref readonly var frame in batch)
            {
                if (TryEnd(frame, batch.ContentType, reply.AppId, now) is { } call)
                {
                    ended.Add(call);
                }
            }
        }
        finally
        {
            ended.Dispose(); // whatever happens: who has been taken out of the table is told
        }
    }

    private PendingCall? TryEnd(in Frame frame, string? contentType, string? appId, long now)
    {
        if (frame.Kind != FrameKind.Reply || _calls.Find(frame.Number) is not { } call)
        {
            CountUnmatched();
            return null;
        }

        HeardFromServer(call, appId);
        call.Sender.Policy.Answered(call, frame.Time, now);
        var type = (frame.Flags & FrameFlags.Fault) != 0 ? Wire.FaultContentType : contentType;
        return call.TryComplete(new ReplyMessage(default, type, frame.Payload) { AppId = appId, Headers = frame.Headers }) ? call : null;
    }

    private void HeardFromServer(PendingCall call, string? appId)
    {
        _diagnoses.HeardFrom(call.Site.Queue);
        if (appId == Wire.AppId)
        {
            call.Sender.Policy.Understood();
        }
        else if (!call.Target.Bare)
        {
            call.Sender.Policy.NotUnderstood(); // a program of another make serves this queue too
        }
    }

    // A message's id names one call, or the batch that some are in. Batches are looked for only when something goes wrong, so they need no table of their own.
    private List<PendingCall> FindSent(in CorrelationId correlationId)
    {
        List<PendingCall> found = [];
        if (Ids.TryParse(correlationId, out var number))
        {
            if (CallIds.IsBatch(number))
            {
                found.AddRange(_calls.ToList().Where(call => call.Batch?.Number == number));
            }
            else if (_calls.Find(number) is { } one)
            {
                found.Add(one);
            }
        }

        if (found.Count == 0)
        {
            CountUnmatched();
        }

        return found;
    }

    private PendingCall? Find(in CorrelationId correlationId) => Ids.TryParse(correlationId, out var number) ? _calls.Find(number) : null;

    private void CountUnmatched()
    {
        Interlocked.Increment(ref _unmatched);
        ClientTelemetry.Unmatched();
    }
}
