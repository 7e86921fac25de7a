namespace Rpc.TestKit.Conformance;

/// <summary>A way to the broker that a test can break. Clients and servers take it by connecting with its name and its connection string.</summary>
public interface IBrokerPath : IAsyncDisposable
{
    /// <summary>What clients and servers are given.</summary>
    string ConnectionString { get; }

    /// <summary>What they are called, in <see cref="RpcOptions.ConnectionName"/>.</summary>
    string ConnectionName { get; }

    /// <summary>Loses every connection that goes this way. They come back by themselves.</summary>
    Task CutAsync();
}
