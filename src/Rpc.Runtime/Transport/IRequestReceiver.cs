namespace Rpc.Transport;

/// <summary>Takes requests from a transport.</summary>
internal interface IRequestReceiver
{
    /// <summary>A request has come. Called on the transport's loop, so handlers do not run here; never throws.</summary>
    /// <param name="delivery">The request. The receiver owns it: it answers it, then settles it, exactly once.</param>
    void Received(IDelivery delivery);
}
