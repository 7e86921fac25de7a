using Rpc.Transport.Memory;
using Rpc.Transport.RabbitMq;

namespace Rpc.Transport;

/// <summary>Chooses the transport that a connection string names.</summary>
internal static class TransportFactory
{
    private const string Expected = "Expected amqp://user:password@host:port/vhost, amqps://…, or memory://name.";

    public static IClientTransport CreateClient(string connectionString, RpcClientOptions options) =>
        TryMemory(connectionString, out var name, out var user)
            ? new MemoryClientTransport(name, user, options)
            : new RabbitMqClientTransport(BrokerAddress.Parse(connectionString, Expected), options);

    public static IServerTransport CreateServer(string connectionString, RpcServerOptions options) =>
        TryMemory(connectionString, out var name, out _)
            ? new MemoryServerTransport(name, options)
            : new RabbitMqServerTransport(BrokerAddress.Parse(connectionString, Expected), options);

    /// <summary>Checks a connection string, without connecting.</summary>
    /// <returns>The broker's address without credentials.</returns>
    /// <exception cref="ArgumentException">It is not one; the message says what is allowed.</exception>
    public static string Display(string connectionString) => TryMemory(connectionString, out var name, out _)
        ? $"memory://{name}"
        : BrokerAddress.Parse(connectionString, Expected).Display;

    /// <summary>Where the broker of a connection string is.</summary>
    /// <exception cref="ArgumentException">It is not one; the message says what is allowed.</exception>
    public static BrokerEndpoint Endpoint(string connectionString) => TryMemory(connectionString, out var name, out _)
        ? MemoryBroker.EndpointOf(name)
        : BrokerAddress.Parse(connectionString, Expected).Endpoint;

    // memory://user@name: the embedded broker believes whom one says one is, and calls all others as RabbitMQ calls its own first user.
    private static bool TryMemory(string connectionString, out string name, out string user)
    {
        const string Scheme = "memory://";
        user = "guest";
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        if (!connectionString.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            name = string.Empty;
            return false;
        }

        name = connectionString[Scheme.Length..].TrimEnd('/');
        if (name.IndexOf('@', StringComparison.Ordinal) is > 0 and var at)
        {
            user = name[..at];
            name = name[(at + 1)..];
        }

        return name.Length > 0
            ? true
            : throw new ArgumentException($"'{connectionString}' names no broker. {Expected}", nameof(connectionString));
    }
}
