using Rpc.Bench.Contract;

namespace Rpc.Bench.Contenders;

/// <summary>One way to make the calls of <see cref="IWork"/>: a server and a client, each in a process of its own.</summary>
internal abstract class Contender
{
    /// <summary>The name on the command line.</summary>
    public abstract string Id { get; }

    /// <summary>The name in tables.</summary>
    public abstract string Title { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="setup">What it serves, and where.</param>
    public abstract Task<RunningServer> ServeAsync(ServerSetup setup);

    /// <summary>Connects a client.</summary>
    /// <param name="address">The server's address.</param>
    /// <param name="queue">The request queue.</param>
    public abstract Task<ConnectedClient> ConnectAsync(string address, string queue);
}
