namespace Rpc.TestKit.Formats;

[RpcService(Queue = "bare_counter", Wire = RpcWire.Bare)]
public interface IBareCounter
{
    Task<int> Next(int n);
}
