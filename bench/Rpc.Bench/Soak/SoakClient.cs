using Rpc.TestKit.Faults;

namespace Rpc.Bench.Soak;

/// <summary>A client and its line to the broker.</summary>
internal sealed class SoakClient(RpcReplyMode mode, RpcClient client, IOrdeal ordeal, TcpProxy line) : IAsyncDisposable
{
    public RpcReplyMode Mode => mode;

    public RpcClient Client => client;

    public IOrdeal Ordeal => ordeal;

    public TcpProxy Line => line;

    public async ValueTask DisposeAsync()
    {
        await client.DisposeAsync();
        await line.DisposeAsync();
    }
}
