namespace Rpc.Transport.Memory;

/// <summary>Sees what passes through the embedded broker, and has a say in it. Called on senders' and servers' threads; never throws.</summary>
internal interface IMemoryTap
{
    /// <summary>A client hands over a request.</summary>
    /// <param name="queue">Where it goes.</param>
    /// <param name="properties">The properties it will have.</param>
    /// <returns>What becomes of it; <see langword="null"/> for what becomes of all others.</returns>
    MemoryFate? Sending(string queue, in RequestProperties properties);

    /// <summary>What was decided about a request has been done, as far as it is not a matter of time.</summary>
    void Sent();

    /// <summary>A server hands over a reply, or a word that it still runs a call.</summary>
    /// <param name="reply">The message.</param>
    /// <returns>Whether it gets lost.</returns>
    bool Loses(in ReplyMessage reply);
}
