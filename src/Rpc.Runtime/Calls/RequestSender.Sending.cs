using Rpc.Batching;
using Rpc.Diagnostics;
using Rpc.Transport;

namespace Rpc.Calls;

/// <content>Handing over what was taken: one call in a message of its own, or many in one.</content>
internal sealed partial class RequestSender
{
    private async ValueTask SendAloneAsync(PendingCall call, IClientLink link)
    {
        var now = call.Target.Time.GetTimestamp();
        if (!TryMarkSent(call, link, now, batch: null))
        {
            return;
        }

        if (await TrySendAsync(call.ToRequest(now), link).ConfigureAwait(false))
        {
            AfterSending(call, link);
        }
        else
        {
            PutBack(call);
        }
    }

    // What has no time left is not sent: nobody would wait for it, and it provably has not run.
    private bool TryMarkSent(PendingCall call, IClientLink link, long now, SentBatch? batch)
    {
        if (call.LeftAt(now) <= TimeSpan.Zero)
        {
            call.Fail(_calls.DeadlinePassed);
        }

        if (call.TryMarkSent(link, batch))
        {
            return true;
        }

        call.Payload.Dispose();
        return false;
    }

    private async ValueTask SendTogetherAsync(IClientLink link)
    {
        using var writer = new BatchWriter();
        var message = Encode(writer, link);
        if (_taken.Count == 0)
        {
            return; // all of them have ended meanwhile
        }

        if (await TrySendAsync(message, link).ConfigureAwait(false))
        {
            foreach (var call in _taken)
            {
                AfterSending(call, link);
            }
        }
        else
        {
            for (var i = _taken.Count - 1; i >= 0; i--)
            {
                PutBack(_taken[i]);
            }
        }
    }

    // Writes the calls that have not ended, and leaves only those in the list of what was taken.
    private RequestMessage Encode(BatchWriter writer, IClientLink link)
    {
        var batch = new SentBatch(_calls.Ids.NextOfBatch(), link);
        var (left, isLimited, kept) = (1L, true, 0);
        var first = _taken[0];
        var now = first.Target.Time.GetTimestamp();
        writer.Begin(_calls.Ids.Nonce, _calls.TimeOfDay, first.Target.Serializer.ContentType);
        for (var i = 0; i < _taken.Count; i++)
        {
            var call = _taken[i];
            if (!TryMarkSent(call, link, now, batch))
            {
                continue;
            }

            var callLeft = call.Write(writer, now);
            left = Math.Max(left, callLeft);
            isLimited &= callLeft > 0;
            _taken[kept++] = call;
        }

        _taken.RemoveRange(kept, _taken.Count - kept);
        batch.Calls = kept;
        return new RequestMessage(first.Target.Queue, _calls.Ids.Of(batch.Number), isLimited ? left : 0, writer.Written)
        {
            Type = first.Target.Method.Service,
            ContentType = BatchFormat.ContentType,
            AppId = Wire.AppId,
        };
    }

    private async ValueTask<bool> TrySendAsync(RequestMessage message, IClientLink link)
    {
        try
        {
            var sent = await link.TrySendAsync(message).ConfigureAwait(false);
            ClientTelemetry.MessageSent(message.Queue, sent ? _taken.Count : 0);
            return sent;
        }
        catch (Exception exception)
        {
            Fail(exception); // something of this message cannot be written, and never will be: trying again would hold up all others for ever
            return true;
        }
    }

    private void Fail(Exception exception)
    {
        foreach (var call in _taken)
        {
            call.Fail((failed, _) => CallFailures.BadArguments(failed.Site, exception));
        }
    }

    private static void AfterSending(PendingCall call, IClientLink link)
    {
        call.Payload.Dispose();

        // Ending a link clears IsOpen and then sweeps. A call that was marked before is found by the sweep; one that was marked after finds this.
        if (!link.IsOpen && !call.Outlives(link))
        {
            call.Fail(static (lost, _) => CallFailures.LinkLost(lost.Site, new Loss("it ended while the request was handed over")));
        }
    }
}
