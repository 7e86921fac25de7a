namespace Rpc.Transport;

/// <summary>What a client transport tells the client. Called on the transport's own loops: implementations return soon and never throw.</summary>
internal interface IClientEvents
{
    /// <summary>Requests can be sent: a link has opened, or the broker reads again.</summary>
    void SendingPossible();

    /// <summary>A link has ended; no reply will come through it any more.</summary>
    /// <param name="link">The link.</param>
    /// <param name="loss">Why.</param>
    void LinkLost(IClientLink link, Loss loss);

    /// <summary>The replies to everything that was sent through earlier links will not come, although those links keep their calls.</summary>
    /// <param name="current">The link that is open now.</param>
    /// <param name="loss">Why.</param>
    void RepliesLost(IClientLink current, Loss loss);

    /// <summary>Something has come to the reply address: a reply, a notice or a marker.</summary>
    /// <param name="reply">The message; its body is valid during this call only.</param>
    void Replied(in ReplyMessage reply);

    /// <summary>The broker has taken a one-way request, or has said that it did not.</summary>
    /// <param name="correlationId">The request's.</param>
    /// <param name="taken">Whether it was taken.</param>
    void Confirmed(in CorrelationId correlationId, bool taken);

    /// <summary>A request has come back, since no queue of that name exists.</summary>
    /// <param name="correlationId">The request's.</param>
    void Returned(in CorrelationId correlationId);
}
