using Rpc.Batching;
using Rpc.Diagnostics;
using Rpc.Transport;

namespace Rpc.Server.Batches;

/// <content>One message of replies, and what becomes of their calls when it has been sent.</content>
internal sealed partial class ReplyGatherer
{
    private async ValueTask<bool> TrySendAsync()
    {
        using var writer = new BatchWriter();
        var message = _taken[0].Through.Message;
        Begin(writer, message);
        foreach (var ready in _taken)
        {
            writer.BeginFrame(FrameKind.Reply, IsFault(ready) ? FrameFlags.Fault : FrameFlags.None, ready.Through.Number);
            writer.WriteNumber(ready.Call.HasBegun ? (ulong)Math.Max(1, ready.Call.HandlerTime.TotalMicroseconds) : 0);
            writer.WriteHeaders(ready.Reply.Headers);
            writer.EndFrame(ready.Reply.Body.Span);
        }

        var reply = new ReplyMessage(CorrelationId: default, BatchFormat.ContentType, writer.Written) { AppId = Wire.AppId };
        return await message.Delivery.TryReplyAsync(reply).ConfigureAwait(false);
    }

    private void Begin(BatchWriter writer, BatchedMessage message)
    {
        Span<byte> nonce = stackalloc byte[BatchFormat.NonceBytes];
        message.WriteNonce(nonce);
        writer.Begin(nonce, sentAt: 0, _contentType ?? service.Serializer.ContentType);
    }

    // What is out of the ordinary, a connection that was lost or a call that has another delivery now, goes the way of single replies.
    private ValueTask FinishAsync(in ReadyReply ready)
    {
        if (!ready.Call.IsAnswered)
        {
            way.SendAlone(ready.Call, ready.Reply);
            return default;
        }

        try
        {
            var settling = ready.Through.AcknowledgeAsync();
            if (!settling.IsCompletedSuccessfully)
            {
                return SettleAsync(ready.Call, settling);
            }
        }
        catch (Exception exception)
        {
            return SettleAsync(ready.Call, ValueTask.FromException(exception));
        }

        ready.Call.Dispose();
        return default;
    }

    private async ValueTask SettleAsync(ReceivedCall call, ValueTask settling)
    {
        try
        {
            await settling.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Complain(exception);
            await way.SettleAsync(call).ConfigureAwait(false);
            return;
        }

        call.Dispose();
    }

    private void Complain(Exception exception)
    {
        try
        {
            service.Log.ServingFailed(exception, service.Contract.Service);
        }
        catch (Exception)
        {
            // Even the log has failed. The other replies must go all the same.
        }
    }

    private static bool IsFault(in ReadyReply ready) => ready.Reply.ContentType == Wire.FaultContentType;
}
