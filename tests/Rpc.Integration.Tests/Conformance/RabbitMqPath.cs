using Rpc.TestKit.Conformance;
using Rpc.TestKit.Faults;

namespace Rpc.Integration.Tests.Conformance;

/// <summary>A way to RabbitMQ through a proxy of its own.</summary>
/// <param name="proxy">The proxy.</param>
/// <param name="connectionString">Leads through it.</param>
internal sealed class RabbitMqPath(TcpProxy proxy, string connectionString) : IBrokerPath
{
    public string ConnectionString => connectionString;

    /// <summary>The proxy, for what only networks do.</summary>
    public TcpProxy Proxy => proxy;

    public string ConnectionName { get; } = $"path-{Guid.NewGuid():N}";

    /// <summary>Opens a way to a broker.</summary>
    /// <param name="connectionString">The broker's own.</param>
    public static RabbitMqPath Open(string connectionString)
    {
        var address = new UriBuilder(connectionString);
        var proxy = TcpProxy.Start(address.Host, address.Port > 0 ? address.Port : 5672);
        (address.Host, address.Port) = ("127.0.0.1", proxy.Port);
        return new RabbitMqPath(proxy, address.Uri.AbsoluteUri);
    }

    public Task CutAsync()
    {
        proxy.Cut();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => proxy.DisposeAsync();
}
