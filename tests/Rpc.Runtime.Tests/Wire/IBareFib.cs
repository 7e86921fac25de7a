namespace Rpc.Runtime.Tests.Wire;

/// <summary>The Bare example of docs/wire-format.md.</summary>
[RpcService("wire.Fib", Queue = "rpc_queue", Wire = RpcWire.Bare)]
public interface IBareFib
{
    Task<long> Fib(int n);
}
