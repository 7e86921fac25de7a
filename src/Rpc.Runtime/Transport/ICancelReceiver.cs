namespace Rpc.Transport;

/// <summary>Takes callers' cancellations from a server transport. Called on the transport's loop; never throws.</summary>
internal interface ICancelReceiver
{
    /// <summary>A caller does not wait for a call any longer.</summary>
    /// <param name="replyTo">Where the call's reply would go.</param>
    /// <param name="correlationId">The call's.</param>
    void Cancelled(string? replyTo, in CorrelationId correlationId);
}
