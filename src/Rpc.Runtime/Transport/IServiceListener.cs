namespace Rpc.Transport;

/// <summary>One service's consumer of its request queue.</summary>
internal interface IServiceListener : IAsyncDisposable
{
    /// <summary>What is wrong with the queue, as a sentence; <see langword="null"/> while requests are coming.</summary>
    string? Problem { get; }

    /// <summary>Stops new requests; when it returns, none comes any more. Replies and acknowledgements of those received still work.</summary>
    Task StopAsync();

    /// <summary>Sends a word about a call whose own connection is lost, if there is another one now. Not for addresses that could cost the server its connection.</summary>
    /// <param name="address">Where the request says that its reply goes.</param>
    /// <param name="notice">The word.</param>
    ValueTask TryNotifyAsync(string address, ReplyMessage notice);

    /// <summary>
    /// Sends the reply to a request whose own connection is lost, through the next one. Not for addresses that could cost the server its connection.
    /// </summary>
    /// <param name="address">Where the request says that its reply goes.</param>
    /// <param name="reply">The reply.</param>
    /// <param name="cancellationToken">Ends the wait for a connection.</param>
    /// <returns>Whether it was sent.</returns>
    ValueTask<bool> TryReplyLateAsync(string address, ReplyMessage reply, CancellationToken cancellationToken);
}
