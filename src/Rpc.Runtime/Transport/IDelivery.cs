namespace Rpc.Transport;

/// <summary>One received request, with the way back for its reply. Used by one call at a time.</summary>
internal interface IDelivery
{
    /// <summary>Whether the request can still be answered. If not, the broker delivers it again, so it must not run here.</summary>
    bool IsLive { get; }

    /// <summary>The properties that came with it, by reference: there are many, and each call looks at them a dozen times.</summary>
    ref readonly RequestProperties Properties { get; }

    /// <summary>The body, valid until <see cref="Release"/>.</summary>
    ReadOnlyMemory<byte> Body { get; }

    /// <summary>Sends a reply, or a word that the call still runs, to where the request says.</summary>
    /// <param name="reply">The message.</param>
    /// <returns><see langword="false"/> if the connection the request came by is gone, so that the broker delivers the request again.</returns>
    ValueTask<bool> TryReplyAsync(ReplyMessage reply);

    /// <summary>Settles the request: the broker forgets it. Does nothing if it is settled already, or its connection is lost: the broker then delivers it again.</summary>
    ValueTask AcknowledgeAsync();

    /// <summary>Settles the request as one that is not to be run: the broker dead-letters it where that is configured, and drops it elsewhere.</summary>
    ValueTask RejectAsync();

    /// <summary>Hands the request back to the queue unread, for another server.</summary>
    ValueTask HandBackAsync();

    /// <summary>
    /// Puts a copy of the request at the end of its queue, which says that it has been delivered once more, and then settles this one. For queues that do not
    /// count by themselves.
    /// </summary>
    ValueTask RequeueAsync();

    /// <summary>Gives the body's memory back. Called once, when nothing reads it any more.</summary>
    void Release();
}
