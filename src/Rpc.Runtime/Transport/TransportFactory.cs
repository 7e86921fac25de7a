using Rpc.Transport.Memory;
using Rpc.Transport.RabbitMq;

namespace Rpc.Transport;

/// <summary>Chooses the transport that a connection string names.</summary>
internal static class TransportFactory
{
    private const string Expected = "Expected amqp://user:password@host:port/vhost, amqps://…, or memory://name.";

    public static IClientTransport CreateClient(string connectionString, RpcClientOptions options) =>
        TryMemory(connectionString, out var name)
            ? new MemoryClientTransport(name, options)
            : new RabbitMqClientTransport(BrokerAddress.Parse(connectionString, Expected), options);

    public static IServerTransport CreateServer(string connectionString, RpcServerOptions options) =>
        TryMemory(connectionString, out var name)
            ? new MemoryServerTransport(name, options)
            : new RabbitMqServerTransport(BrokerAddress.Parse(connectionString, Expected), options);

    private static bool TryMemory(string connectionString, out string name)
    {
        const string Scheme = "memory://";
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        if (!connectionString.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            name = string.Empty;
            return false;
        }

        name = connectionString[Scheme.Length..].TrimEnd('/');
        return name.Length > 0
            ? true
            : throw new ArgumentException($"'{connectionString}' names no broker. {Expected}", nameof(connectionString));
    }
}
