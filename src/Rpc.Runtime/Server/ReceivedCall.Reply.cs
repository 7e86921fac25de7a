using Rpc.Serialization;
using Rpc.Transport;

namespace Rpc.Server;

/// <content>The call's result, and the one reply that is made of it.</content>
internal sealed partial class ReceivedCall
{
    /// <inheritdoc/>
    public override void Reply<TArgs, TResult>(RpcMethod<TArgs, TResult> method, TResult result)
    {
        var payload = PayloadWriter.Rent(_service.MaxReplySize);
        try
        {
            if (typeof(TResult) != typeof(RpcVoid)) // nothing has no bytes
            {
                Serializer!.Serialize(payload, result);
            }
        }
        catch (Exception exception)
        {
            payload.GiveBack();
            _result.TryPut(null); // what a filter had made of the call before is not its result
            throw new CallRejectedException(CallFaults.BadResult(exception));
        }

        if (!_result.TryPut(payload))
        {
            payload.GiveBack();
            throw Over();
        }
    }

    /// <summary>Makes the one reply: the encoded result, or a fault. The call is over then.</summary>
    /// <param name="fault">What went wrong; <see langword="null"/> if nothing did.</param>
    /// <returns>The reply; its body is valid until this is disposed.</returns>
    public ReplyMessage ToReply(Fault? fault)
    {
        _hasEnded = true;
        var result = _result.Take();
        if (fault is null && result is not null)
        {
            _reply = result;
            return Reply(_service.Bare ? null : Serializer!.ContentType);
        }

        // A fault must come through where the result was too large, so it has some room of its own.
        result?.GiveBack();
        _reply?.GiveBack();
        _reply = PayloadWriter.Rent(_service.MaxReplySize + FaultFormat.MaxSize);
        Interlocked.MemoryBarrier(); // between the mark that the call is over and the look at whether it has begun
        fault ??= CallFaults.Unsendable(HasBegun);

        // What was delivered before may have run before, whatever has become of it here; and it may have begun since the fault was found.
        FaultFormat.Write(_reply, fault with { MayHaveRun = fault.MayHaveRun || HasBegun || Redelivered });
        return Reply(Wire.FaultContentType);
    }

    /// <summary>Makes the reply that is sent where the call's own one cannot be: with nothing in it that comes from outside.</summary>
    public ReplyMessage ToLastReply()
    {
        var reply = ToReply(CallFaults.Unsendable(HasBegun));
        return reply with { Headers = null };
    }

    private ReplyMessage Reply(string? contentType) => new(_request.Properties.CorrelationId, contentType, _reply!.Written)
    {
        AppId = _service.Bare ? null : Wire.AppId,
        Headers = SetReplyHeaders is { } headers ? new RpcHeaders(headers) : null, // a copy: a handler that goes on may change its own
    };
}
