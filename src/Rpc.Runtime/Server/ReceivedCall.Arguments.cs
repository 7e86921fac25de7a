using Rpc.Serialization;

namespace Rpc.Server;

/// <content>The arguments, and with them the beginning: whoever has read them enters the service's method.</content>
internal sealed partial class ReceivedCall
{
    private int _bodyUse;

    /// <inheritdoc/>
    public override TArgs ReadArguments<TArgs, TResult>(RpcMethod<TArgs, TResult> method)
    {
        // A handler that a filter has given up can come here when the call is over and its body has gone back to the pool.
        if (_hasEnded || !BodyUse.TryEnter(ref _bodyUse))
        {
            throw Over();
        }

        TArgs arguments;
        try
        {
            arguments = _service.Bare
                ? RouteRules.BareOf(method).Read(Serializer!, _request.Body)
                : Serializer!.Deserialize<TArgs>(_request.Body);
            HasBegun = true;
        }
        catch (Exception exception)
        {
            throw new CallRejectedException(CallFaults.BadRequest($"the arguments cannot be read: {exception.Message}"));
        }
        finally
        {
            if (BodyUse.Leave(ref _bodyUse))
            {
                _request.Release();
            }
        }

        // The mark is up, and Leave is a barrier: a reply that is being made now sees the mark, or has been made and is seen here. So nobody whose caller has
        // been told that it did not run gets in.
        return _hasEnded ? throw Over() : arguments;
    }

    /// <inheritdoc/>
    public override ValueTask RejectUnknownMethodAsync() => throw new CallRejectedException(CallFaults.UnknownMethod(Service, Method));

    private InvalidOperationException Over() => new($"The call of {Service}/{Method} has ended.");
}
