namespace Rpc.Transport;

/// <summary>
/// The client's side of a broker: one link at a time, replaced by a new one whenever it is lost, for as long as the transport lives.
/// </summary>
internal interface IClientTransport : IAsyncDisposable
{
    /// <summary>Where the broker is, as telemetry names it; <see langword="null"/> if nobody needs to know.</summary>
    BrokerEndpoint? Endpoint => null;

    /// <summary>The link that carries requests now; <see langword="null"/> while there is none.</summary>
    IClientLink? Link { get; }

    /// <summary>How the connection is.</summary>
    LinkState State { get; }

    /// <summary>What is wrong with the connection, as sentences.</summary>
    IReadOnlyList<string> Problems { get; }

    /// <summary>Asks the broker about a queue, beside everything else that is under way, so that nothing of it is held up or harmed.</summary>
    /// <param name="queue">The queue.</param>
    /// <returns>The answer; <see langword="null"/> if there is no such queue.</returns>
    /// <exception cref="Exception">There is no answer: no connection, no permission, too slow.</exception>
    Task<QueueState?> QueryAsync(string queue);

    /// <summary>Connects for the first time, and keeps connected from then on.</summary>
    /// <param name="events">Told of links, replies and returns until the transport is disposed.</param>
    /// <param name="cancellationToken">Gives up the first attempt.</param>
    /// <exception cref="RpcException">The broker cannot be reached or refuses; nothing is kept running.</exception>
    Task StartAsync(IClientEvents events, CancellationToken cancellationToken);
}
