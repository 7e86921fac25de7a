using Rpc.TestKit.Faults;

namespace Rpc.Bench.Soak;

/// <summary>A client and its line to the broker.</summary>
internal sealed class SoakClient(RpcReplyMode mode, RpcClient client, ITrial trial, TcpProxy line) : IAsyncDisposable
{
    public RpcReplyMode Mode => mode;

    public RpcClient Client => client;

    public ITrial Trial => trial;

    public TcpProxy Line => line;

    public async ValueTask DisposeAsync()
    {
        await client.DisposeAsync();
        await line.DisposeAsync();
    }
}
