namespace Rpc.Transport;

/// <summary>One generation of a client's connection: a reply address, and the way for requests whose replies come to it.</summary>
internal interface IClientLink
{
    /// <summary>
    /// Whether replies can still come. Goes to <see langword="false"/> once, before <see cref="IClientEvents.LinkLost"/>: so whoever marks a call as
    /// sent and then finds the link open knows that the sweep will find the call.
    /// </summary>
    bool IsOpen { get; }

    /// <summary>Whether the replies to what was sent through it come through the next link, when this one is lost.</summary>
    bool KeepsCalls { get; }

    /// <summary>Whether requests can be sent now: open, and the broker reads.</summary>
    bool CanSend { get; }

    /// <summary>Whether requests may share a message. The embedded broker in the hands of a test looks at each by itself.</summary>
    bool TakesBatches => true;

    /// <summary>Sends one request, to be returned if its queue does not exist.</summary>
    /// <param name="request">The request.</param>
    /// <returns>
    /// <see langword="false"/> if the request provably was not taken, so that it can be sent again without running twice; <see langword="true"/> if it
    /// was taken or may have been.
    /// </returns>
    ValueTask<bool> TrySendAsync(RequestMessage request);

    /// <summary>Sends a word that nobody answers, where that is possible now. Never throws.</summary>
    /// <param name="message">The message.</param>
    /// <returns>Whether it is on its way, as far as is known.</returns>
    ValueTask<bool> TryTellAsync(ControlMessage message);
}
