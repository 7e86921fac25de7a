using Microsoft.Extensions.Configuration;
using Rpc.Hosting.Settings;

namespace Rpc.Hosting;

/// <summary>What was registered for one client or server, until the host starts.</summary>
internal abstract class Plan
{
    /// <summary>What to call it in a message.</summary>
    public abstract string What { get; }

    /// <summary>The method that registers it.</summary>
    public abstract string Method { get; }

    /// <summary>The section of the configuration that its options are read from.</summary>
    public abstract string Section { get; }

    /// <summary>The keys of the configuration that may hold its connection string, in the order in which they count.</summary>
    public abstract IReadOnlyList<string> ConnectionStringKeys { get; }

    /// <summary>The connection string that code has given.</summary>
    public string? ConnectionString { get; private set; }

    /// <summary>Takes a connection string from code.</summary>
    /// <param name="connectionString">The connection string; <see langword="null"/> to leave it to the configuration, or to what was given before.</param>
    /// <exception cref="ArgumentException">It is not one, or there is another one already.</exception>
    public void Connect(string? connectionString)
    {
        if (connectionString is null)
        {
            return;
        }

        Transport.TransportFactory.Display(connectionString);
        if (ConnectionString is { } former && former != connectionString)
        {
            throw new ArgumentException($"{What} has another connection string already. To call over several brokers, give clients names: AddKeyedRpcClient.", nameof(connectionString));
        }

        ConnectionString = connectionString;
    }

    /// <summary>The connection string that counts.</summary>
    /// <param name="configuration">The configuration, if there is one.</param>
    public string ConnectionStringIn(IConfiguration? configuration) =>
        ConnectionString ?? ConnectionStrings.Find(configuration, ConnectionStringKeys)?.Value
        ?? throw new InvalidOperationException(ConnectionStrings.Problem(configuration, this));
}
