namespace Rpc.Transport;

/// <summary>The server's side of a broker.</summary>
internal interface IServerTransport : IAsyncDisposable
{
    /// <summary>Where the broker is, as telemetry names it; <see langword="null"/> if nobody needs to know.</summary>
    BrokerEndpoint? Endpoint => null;

    /// <summary>The queue that callers can send cancellations to; <see langword="null"/> while there is none.</summary>
    string? InstanceQueue { get; }

    /// <summary>What is wrong with the connection, as sentences.</summary>
    IReadOnlyList<string> Problems { get; }

    /// <summary>Connects for the first time, and keeps connected from then on.</summary>
    /// <param name="receiver">Gets the cancellations.</param>
    /// <param name="cancellationToken">Gives up the first attempt.</param>
    /// <exception cref="RpcException">The broker cannot be reached or refuses; nothing is kept running.</exception>
    Task StartAsync(ICancelReceiver receiver, CancellationToken cancellationToken);

    /// <summary>Declares or checks a request queue, consumes it, and does so again whenever that is lost.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="receiver">Gets the requests until the listener is stopped.</param>
    /// <param name="cancellationToken">Gives up the first attempt.</param>
    /// <returns>The listener, once requests are coming.</returns>
    /// <exception cref="RpcException">The broker refuses the queue; the message names it and says what is different.</exception>
    Task<IServiceListener> ListenAsync(RequestQueue queue, IRequestReceiver receiver, CancellationToken cancellationToken);
}
